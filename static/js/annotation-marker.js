// Chooses one stretch of words, across sentences too, by mouse, touch or keys. Every word is a
// native checkbox, so words can be chosen without this element.
import { wordAt } from "./word-keys.js";

class AnnotationMarker extends HTMLElement {
  connectedCallback() {
    this.boxes = [...this.querySelectorAll(".word input")];
    this.words = this.boxes.map((box) => box.closest(".word"));
    this.line = this.querySelector(".chosen-words");
    this.status = this.querySelector("[role=status]");
    this.current = 0;
    this.read();
    this.visit(Math.max(this.first, 0));

    this.addEventListener("focusin", (event) => this.visit(this.find(event.target)));
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("pointerdown", (event) => this.grab(event));
    this.addEventListener("pointermove", (event) => this.drag(event));
    this.addEventListener("click", (event) => (this.shift = event.shiftKey));
    this.addEventListener("change", (event) => this.toggled(this.boxes.indexOf(event.target)));
    this.gone = new AbortController(); // the text is replaced when something was saved
    const { signal } = this.gone;
    addEventListener("pointerup", () => (this.from = -1), { signal });
    addEventListener("pointercancel", () => this.cancel(), { signal });
    addEventListener("pageshow", () => this.read(), { signal });
    this.from = -1;
  }

  disconnectedCallback() {
    this.gone.abort();
  }

  find(element) {
    return this.words.indexOf(element?.closest?.(".word"));
  }

  visit(i) {
    if (i >= 0) this.current = i;
    this.boxes.forEach((box, k) => (box.tabIndex = k === this.current ? 0 : -1));
  }

  // What the page came with may be boxes here and there: what is sent is the stretch around them.
  read() {
    const on = this.boxes.flatMap((box, i) => (box.checked ? [i] : []));
    [this.first, this.last] = on.length ? [on[0], on[on.length - 1]] : [-1, -1];
    [this.anchor, this.open] = [this.first, false];
    this.paint();
  }

  press(event) {
    [this.shift, this.dragged] = [false, false];
    const mine = this.find(event.target) >= 0 && !event.altKey && !event.metaKey;
    if (event.key === "Escape" && this.first >= 0) return void this.choose(-1, -1);
    if (!mine) return;
    if (event.key === "Enter") event.preventDefault(); // by itself it would press the first button
    const to = wordAt(event, this.words, this.current);
    if (to < 0) return;
    event.preventDefault();
    if (event.shiftKey) this.extend(to);
    this.boxes[to].focus();
  }

  // A stretch that was begun by one word ends with the next one; after that a new one begins.
  tap(i) {
    if (this.open && i !== this.anchor) this.extend(i);
    else if (this.open || (this.first === i && this.last === i)) this.choose(-1, -1);
    else this.begin(i);
    if (this.first !== this.last) this.open = false;
  }

  begin(i) {
    this.anchor = i;
    this.choose(i, i);
    this.open = true;
  }

  extend(to) {
    if (this.anchor < 0) this.anchor = this.current;
    this.choose(Math.min(this.anchor, to), Math.max(this.anchor, to));
  }

  choose(first, last) {
    [this.first, this.last] = [first, last];
    if (first < 0) [this.anchor, this.open] = [-1, false];
    this.boxes.forEach((box, i) => (box.checked = first >= 0 && i >= first && i <= last));
    this.paint();
    this.tell();
  }

  grab(event) {
    if (event.button || !event.isPrimary || event.shiftKey) return;
    [this.from, this.dragged] = [this.find(event.target), false];
    this.before = [this.first, this.last];
  }

  drag({ clientX, clientY, isPrimary }) {
    if (this.from < 0 || !isPrimary) return;
    const to = this.find(document.elementFromPoint(clientX, clientY));
    if (to < 0 || (to === this.from && !this.dragged)) return;
    if (!this.dragged) this.anchor = this.from;
    [this.dragged, this.open] = [true, false];
    this.extend(to);
  }

  cancel() {
    if (this.from >= 0 && this.dragged) this.choose(...this.before);
    this.from = -1;
  }

  // By now the box has toggled by itself: what is chosen decides how it looks.
  toggled(i) {
    if (i < 0) return;
    if (this.dragged) this.choose(this.first, this.last);
    else if (this.shift) this.extend(i);
    else this.tap(i);
    this.dragged = false;
    this.visit(i);
  }

  // The highlight runs through the spaces between the words.
  paint() {
    this.words.forEach((word, i) => {
      const inside = this.first >= 0 && i >= this.first && i < this.last;
      word.nextElementSibling?.closest(".gap")?.classList.toggle("is-on", inside);
    });
    if (this.line) this.line.textContent = this.text();
  }

  text() {
    if (this.first < 0) return "";
    const inside = this.words.slice(this.first, this.last + 1);
    const gap = (word) => word.nextElementSibling?.closest(".gap")?.textContent ?? "";
    return inside.map((word) => word.textContent + gap(word)).join("").trim();
  }

  tell() {
    if (!this.status) return;
    const text = this.text();
    const said = text ? this.dataset.chosen.replace("{text}", text) : this.dataset.none;
    if (this.status.textContent !== said) this.status.textContent = said;
  }
}

customElements.define("annotation-marker", AnnotationMarker);
