/** The last section: what the signs mean, and where the numbers are from. */
export const howToRead = `<footer id="reading">
<h2>How to read this</h2>
<ul>
<li>Under a value stand its spread and how many samples it is of (n). Latencies have a bootstrap 95 % interval. What was counted, not sampled, has neither.</li>
<li><em>indicative</em>: fewer than 30 samples. It shows the way and proves nothing.</li>
<li><b>Bold</b>: better than all others, beyond the intervals. Without it this run cannot tell the best ones apart.</li>
<li>“local, not AWS”: measured in an embedded local cloud on the machine named above. Ratios between targets say more than the times.</li>
<li>In charts the large dot is the value with its interval as a pale bar; smaller dots are the higher percentiles. An axis is logarithmic where values span decades.</li>
<li>Every number carries the id of its figure (<code>data-figure</code>): <code>data.json</code>, beside this file, has it with its n, spread, origin and time. Pointing at a number shows the same.</li>
</ul>
</footer>`;
