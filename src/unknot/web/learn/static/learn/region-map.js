// The body as a way into the library: a tap on a region opens its page. The list beside it does the same.

const name = (place) => place.split(":")[0];
const page = (map, place) => `${map.dataset.pages}${name(place).replaceAll("_", "-")}/`;

for (const map of document.querySelectorAll(".region-map")) {
  const caption = map.querySelector("[data-caption]");
  const asking = caption.textContent;

  map.addEventListener("click", (event) => {
    const region = event.target.closest("[data-place]");
    if (region) location.assign(page(map, region.dataset.place));
  });
  map.addEventListener("pointerover", (event) => {
    const region = event.target.closest("[data-place]");
    const link = region && document.querySelector(`a[href="${page(map, region.dataset.place)}"]`);
    caption.textContent = link?.textContent.trim() ?? asking;
    const chosen = region && name(region.dataset.place);
    for (const shape of map.querySelectorAll("[data-place]")) {
      shape.classList.toggle("is-near", name(shape.dataset.place) === chosen);
    }
  });
  map.addEventListener("pointerleave", () => {
    caption.textContent = asking;
    for (const shape of map.querySelectorAll(".is-near")) shape.classList.remove("is-near");
  });
}
