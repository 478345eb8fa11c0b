// Every word is a native checkbox, so the page works without this element. It adds what single
// checkboxes lack: one tab stop, runs by dragging or with Shift, and a list that follows.
import { MarkList } from "./mark-list.js";
import { Marks } from "./marks.js";
import { wordAt } from "./word-keys.js";

class SpanMarker extends HTMLElement {
  connectedCallback() {
    this.marks = new Marks(this);
    this.list = new MarkList(this, this.marks, (run) => this.takeOff(run));
    this.nothing = this.closest("form")?.elements.nothing;
    [this.current, this.from] = [0, -1];
    this.visit(0);

    this.addEventListener("focusin", (event) => this.visit(this.find(event.target)));
    this.addEventListener("focusout", (event) => this.leave(event));
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("pointerdown", (event) => this.grab(event));
    this.addEventListener("pointermove", (event) => this.drag(event));
    this.addEventListener("click", (event) => this.endClick(event), true);
    this.addEventListener("change", (event) => this.toggled(this.find(event.target)));
    addEventListener("pointerup", () => this.drop());
    addEventListener("pointercancel", () => this.cancel());
    addEventListener("pageshow", () => this.show());
    this.nothing?.addEventListener("change", () => this.nothing.checked && this.clear());
    this.show();
  }

  find(element) {
    return this.marks.words.indexOf(element?.closest(".word"));
  }

  visit(i) {
    if (i >= 0) this.current = i;
    this.marks.boxes.forEach((box, k) => (box.tabIndex = k === this.current ? 0 : -1));
  }

  leave({ relatedTarget }) {
    if (this.find(relatedTarget) < 0) this.drawing = false;
  }

  press(event) {
    this.shift = false;
    const mine = this.find(event.target) >= 0 && !event.altKey && !event.metaKey;
    const to = mine ? wordAt(event, this.marks.words, this.current) : -1;
    if (to < 0) return;
    event.preventDefault();
    if (event.shiftKey) this.extend(to);
    else this.drawing = false;
    this.marks.boxes[this.drawing ? this.marks.end : to].focus();
  }

  begin(i, on) {
    this.drawing = true;
    this.marks.begin(i, on);
  }

  extend(to) {
    if (!this.drawing) this.begin(this.current, true);
    this.marks.reach(to);
    this.finish();
  }

  finish() {
    this.show();
    this.tell(this.marks.on ? "marked" : "unmarked", this.marks.text(this.marks.drawn()));
  }

  // With Shift the run begins at the word that had the focus before this click moves it.
  grab(event) {
    [this.from, this.dragged, this.shift] = [-1, false, event.shiftKey];
    if (event.button || !event.isPrimary) return;
    if (!event.shiftKey) this.from = this.find(event.target);
    else if (!this.drawing) this.begin(this.current, true);
  }

  drag({ clientX, clientY, isPrimary }) {
    if (this.from < 0 || !isPrimary) return;
    const to = this.find(document.elementFromPoint(clientX, clientY));
    if (to < 0 || (to === this.from && !this.dragged)) return;
    if (!this.dragged) this.begin(this.from, !this.marks.boxes[this.from].checked);
    this.dragged = true;
    this.marks.reach(to);
    this.paint();
  }

  drop() {
    if (this.from >= 0 && this.dragged) this.finish();
    if (this.from >= 0) this.drawing = false;
    this.from = -1;
  }

  // The browser has taken the gesture for scrolling.
  cancel() {
    if (this.from >= 0 && this.dragged) this.marks.restore();
    [this.from, this.drawing] = [-1, false];
    this.show();
  }

  // The click at the end of a drag would toggle a word once more; a click by a key has detail 0.
  endClick(event) {
    if (this.dragged && event.detail) event.preventDefault();
  }

  toggled(i) {
    if (i < 0) return;
    if (this.shift && this.drawing) return void this.extend(i);
    this.drawing = false;
    this.visit(i);
    this.show();
  }

  takeOff(run) {
    this.marks.set(run, false);
    this.show();
    this.tell("unmarked", this.marks.text(run));
  }

  clear() {
    const count = this.marks.runs().length;
    this.marks.set([0, Infinity], false);
    this.show();
    if (count) this.tell("cleared", count);
  }

  show() {
    this.marks.settle();
    this.list.show();
    this.paint();
    if (this.nothing && this.marks.runs().length) this.nothing.checked = false;
  }

  // The highlight runs through the spaces between the words of one mark.
  paint() {
    const { boxes, segments, words } = this.marks;
    words.forEach((word, i) => {
      const joined = boxes[i + 1]?.checked && segments[i] === segments[i + 1];
      const gap = word.nextElementSibling?.closest(".gap");
      gap?.classList.toggle("is-on", boxes[i].checked && Boolean(joined));
    });
  }

  tell(what, text) {
    const said = this.dataset[what] ?? "{text}";
    this.querySelector("[role=status]").textContent = said.replace("{text}", text);
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("span-marker", SpanMarker);
