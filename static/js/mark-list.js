// The list of marks beside the text: what was marked, why, and a button to take it back.
export class MarkList {
  constructor(root, marks, remove) {
    [this.marks, this.remove, this.words] = [marks, remove, root.dataset];
    this.items = new Map();
    this.list = root.querySelector(".chosen-list");
    this.count = root.querySelector(".chosen-count");
    this.reason = root.querySelector(".chosen-reason")?.content.querySelector("select");
  }

  show() {
    const runs = this.marks.runs();
    const known = this.items;
    const item = (run) => known.get(String(run)) ?? this.item(run);
    this.items = new Map(runs.map((run) => [String(run), item(run)]));
    // What has not changed stays, so that nobody loses the select that they are in.
    if (known.size && [...this.items.keys()].join() === [...known.keys()].join()) return;
    this.count.textContent = runs.length;
    this.list.replaceChildren(...this.items.values());
  }

  item(run) {
    const [item, quote, button] = ["li", "q", "button"].map((tag) => document.createElement(tag));
    quote.textContent = this.marks.text(run);
    button.type = "button";
    button.className = "button is-small is-quiet";
    button.textContent = this.words.remove;
    button.setAttribute("aria-label", this.words.removeLabel.replace("{text}", quote.textContent));
    button.addEventListener("click", () => this.take(run));
    item.append(quote, " ", ...(this.reason ? [this.choice(run), " "] : []), button);
    return item;
  }

  choice(run) {
    const select = this.reason.cloneNode(true);
    const label = select.getAttribute("aria-label");
    select.name = `reason-${this.marks.boxes[run[0]].value}`;
    select.setAttribute("aria-label", label.replace("{text}", this.marks.text(run)));
    select.value = this.marks.reasons[run[0]];
    select.addEventListener("change", () => this.marks.explain(run, select.value));
    return select;
  }

  take(run) {
    const place = this.marks.runs().findIndex(([first]) => first === run[0]);
    this.remove(run);
    const buttons = this.list.querySelectorAll("button");
    (buttons[Math.min(place, buttons.length - 1)] ?? this.marks.boxes[run[0]]).focus();
  }
}
