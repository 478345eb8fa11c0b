// The ticked words of a text and why they are ticked. A mark is a run of them in one segment.
export class Marks {
  constructor(root) {
    this.boxes = [...root.querySelectorAll(".word input")];
    this.words = this.boxes.map((box) => box.closest(".word"));
    this.segments = this.words.map((word) => word.closest(".segment"));
    this.reasons = this.boxes.map(
      (box) => root.querySelector(`[name="reason-${CSS.escape(box.value)}"]`)?.value ?? "",
    );
  }

  runs() {
    const runs = [];
    this.boxes.forEach((box, i) => {
      const run = runs[runs.length - 1];
      if (!box.checked) return;
      if (run?.[1] === i - 1 && this.segments[i - 1] === this.segments[i]) run[1] = i;
      else runs.push([i, i]);
    });
    return runs;
  }

  text([first, last]) {
    const range = document.createRange();
    range.setStartBefore(this.words[first]);
    range.setEndAfter(this.words[last]);
    return range.toString();
  }

  set([first, last], on) {
    this.boxes.slice(first, last + 1).forEach((box) => (box.checked = on));
  }

  explain([first, last], reason) {
    this.reasons.fill(reason, first, last + 1);
  }

  // Where marks have grown together, the reason that most of their words had stays.
  settle() {
    this.boxes.forEach((box, i) => box.checked || (this.reasons[i] = ""));
    this.runs().forEach((run) => this.explain(run, this.commonest(run)));
  }

  commonest([first, last]) {
    const given = this.reasons.slice(first, last + 1).filter(Boolean);
    const votes = (reason) => given.filter((other) => other === reason).length;
    const better = (best, reason) => (votes(reason) > votes(best) ? reason : best);
    return given.reduce(better, given[0] ?? "");
  }

  // While a run is drawn, what was there before is kept, so that it can shrink again.
  begin(i, on) {
    [this.anchor, this.end, this.on] = [i, i, on];
    this.before = this.boxes.map((box, k) => [box.checked, this.reasons[k]]);
  }

  // A run stops where its segment does: one word too far would accuse the next sentence as well.
  reach(i) {
    while (this.segments[i] !== this.segments[this.anchor]) i -= Math.sign(i - this.anchor);
    this.end = i;
    this.restore();
    this.set(this.drawn(), this.on);
  }

  drawn() {
    return [this.anchor, this.end].sort((a, b) => a - b);
  }

  restore() {
    this.before.forEach(([on, reason], i) => {
      this.boxes[i].checked = on;
      this.reasons[i] = reason;
    });
  }
}
