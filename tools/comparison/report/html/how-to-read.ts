/** The last section: the notation, and where the numbers come from. */
export const howToRead = `<footer id="reading">
<h2>How to read this</h2>
<ul>
<li>Below each value are its spread and its number of samples (n). Latencies have a 95 % bootstrap confidence interval. Values that are counted rather than sampled have neither.</li>
<li><em>indicative</em>: fewer than 30 samples. Such a value shows a tendency, not a reliable result.</li>
<li><b>Bold</b>: better than all other targets, with intervals that do not overlap. If no value in a row is bold, this run shows no clear winner.</li>
<li>“local, not AWS”: measured in an embedded local cloud on the machine named above. Ratios between targets are more meaningful than absolute times.</li>
<li>In charts, the large dot is the value and the pale bar is its interval. Smaller dots are higher percentiles. An axis is logarithmic if the values span a wide range.</li>
<li>Every number has the id of its figure (<code>data-figure</code>). <code>data.json</code>, next to this file, lists each figure with its n, spread, origin and time. Hover over a number to see them.</li>
</ul>
</footer>`;
