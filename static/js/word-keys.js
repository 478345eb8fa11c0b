// Where the arrow keys, Home and End lead from a word: to the index of another one, or -1.
export function wordAt({ key, ctrlKey }, words, from) {
  const last = words.length - 1;
  const passages = words.map((word) => word.closest(".passage"));
  const onward = getComputedStyle(words[from]).direction === "rtl" ? -1 : 1;
  const step = { ArrowLeft: -onward, ArrowRight: onward }[key];
  if (step) return Math.min(Math.max(from + step, 0), last);
  if (key === "ArrowUp") return beside(words, from, -1);
  if (key === "ArrowDown") return beside(words, from, 1);
  if (key === "Home") return ctrlKey ? 0 : passages.indexOf(passages[from]);
  if (key === "End") return ctrlKey ? last : passages.lastIndexOf(passages[from]);
  return -1;
}

// Up and down go by what stands on the screen: the nearest word of the next line.
function beside(words, from, step) {
  const here = middle(words[from]);
  let [best, line, least] = [from, null, Infinity];
  for (let i = from + step; i in words; i += step) {
    const { x, y } = middle(words[i]);
    if (Math.abs(y - here.y) < here.half) continue;
    line ??= y;
    if (Math.abs(y - line) > here.half) break;
    if (Math.abs(x - here.x) < least) [best, least] = [i, Math.abs(x - here.x)];
  }
  return best;
}

function middle(word) {
  const { left, top, width, height } = word.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2, half: height / 2 };
}
