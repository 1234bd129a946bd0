"""The script of the HTML report: searches and sorts the table of all people. The report is readable without it."""

SCRIPT = """
(function () {
  "use strict";
  var table = document.getElementById("everybody");
  if (!table) { return; }
  var body = table.tBodies[0], heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  var rows = Array.prototype.slice.call(body.rows), count = document.getElementById("count");
  var field = document.getElementById("search"), tools = document.getElementById("tools");
  var collator = new Intl.Collator(document.documentElement.lang, {numeric: true, sensitivity: "base"});
  var texts = null, waiting = 0;
  function plain(text) { return text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g, ""); }
  function search() {
    var words = plain(field.value).split(/\\s+/).filter(Boolean), shown = 0;
    texts = texts || rows.map(function (row) { return plain(row.textContent); });
    rows.forEach(function (row, place) {
      var fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      if (row.hidden === fits) { row.hidden = !fits; }
      shown += fits ? 1 : 0;
    });
    count.textContent = count.dataset.text.replace("{n}", shown.toLocaleString(document.documentElement.lang));
  }
  function number(text) {
    var digits = text.replace(/[^0-9-]/g, "");
    return digits === "" ? -1 : Number(digits);
  }
  function sort(place) {
    var head = heads[place], down = head.getAttribute("aria-sort") === "ascending";
    var numbers = head.className === "n", keyed = rows.map(function (row, at) {
      var cell = row.cells[place], text = cell.dataset.s || cell.textContent;
      return [numbers ? number(text) : text, at, row];
    });
    keyed.sort(function (a, b) {
      var order = numbers ? a[0] - b[0] : collator.compare(a[0], b[0]);
      return (down ? -order : order) || a[1] - b[1];
    });
    heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows = keyed.map(function (one) { return one[2]; });
    texts = null;
    var all = document.createDocumentFragment();
    rows.forEach(function (row) { all.appendChild(row); });
    body.appendChild(all);
  }
  heads.forEach(function (head, place) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () { sort(place); });
  });
  field.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  tools.hidden = false;
})();
"""
