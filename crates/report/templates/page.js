(function () {
  "use strict";
  var form = document.getElementById("filters");
  if (!form) return;
  var shown = document.getElementById("shown");
  var rows = Array.from(document.getElementById("list").rows);
  var cards = new Map(Array.from(document.querySelectorAll("article.card"), function (card) { return [card.dataset.key, card]; }));
  var names = ["school", "manager", "area", "status"];
  var field = function (name) { return document.getElementById("f-" + name); };
  var plain = function (text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " "); };
  var texts = rows.map(function (row) { return plain(row.textContent); });
  function apply() {
    var wanted = names.map(function (name) { return field(name).value; });
    var words = plain(field("text").value).trim().split(" ");
    var count = 0;
    rows.forEach(function (row, index) {
      var fits = names.every(function (name, at) {
        if (!wanted[at]) return true;
        return name === "status" ? row.dataset.status.split(" ").includes(wanted[at]) : row.dataset[name] === wanted[at];
      }) && words.every(function (word) { return texts[index].includes(word); });
      row.hidden = !fits;
      var card = cards.get(row.dataset.key);
      if (card) card.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = count === rows.length ? "" : count + " of " + rows.length + " listed goals are shown.";
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  apply();
})();
