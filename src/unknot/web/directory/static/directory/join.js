// The time zone that the browser goes by is most often the practitioner's own.

const zone = document.querySelector("select[name=zone]");
if (zone && !zone.value) {
  zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone.selectedIndex < 0) zone.value = ""; // one that isn't in the list
}
