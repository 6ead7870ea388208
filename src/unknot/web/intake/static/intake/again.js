// A page of the way was asked for by its address, as the back button does: posts again what it was made of. That
// is in this tab's sessionStorage (see walk.js), and nowhere else.

const { start } = document.querySelector("[data-start]").dataset;

function posted() {
  try {
    return JSON.parse(sessionStorage.getItem("unknot.posted"))?.[location.pathname];
  } catch {
    return undefined;
  }
}

const fields = posted();
if (fields) {
  const form = document.createElement("form");
  form.method = "post";
  form.hidden = true;
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
} else {
  location.replace(start);
}
