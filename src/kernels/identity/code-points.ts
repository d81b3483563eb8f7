/** The code points of a text, one element each: 𠮷 is one, where its UTF-16 form is two. */
export function codePointsOf(text: string): Int32Array {
  const points = new Int32Array(text.length);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number;
    if (point > 0xffff) i++;
    points[n++] = point;
  }
  return points.subarray(0, n);
}
