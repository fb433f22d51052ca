import { MIN_SAMPLES } from '../../data/index.ts';
import { MAX_NOISE_MS, MAX_NOISE_RATIO } from '../noise-control.ts';
import { MIN_RATIO, MIN_RATIO_FEW_SAMPLES } from '../row-verdict.ts';

const percent = (ratio: number) => `${Math.round((ratio - 1) * 100)}&nbsp;%`;

/** The last section: the notation, and where the numbers come from. */
export const howToRead = `<footer id="reading">
<h2>How to read this</h2>
<ul>
<li>Below each value are its spread and its number of samples (n). Latencies have a 95&nbsp;% bootstrap confidence interval. Values that are counted rather than sampled have neither.</li>
<li><em>indicative</em>: fewer than ${MIN_SAMPLES} samples. Such a value shows a tendency, not a reliable result.</li>
<li><b>Bold</b>: better than all other targets. This page names a winner only if every value of the row has at least ${MIN_SAMPLES} samples (or is counted or computed), the intervals do not overlap, and the difference is at least ${percent(MIN_RATIO)} (for bills from fewer samples, ${percent(MIN_RATIO_FEW_SAMPLES)}).</li>
<li>A time also needs a quiet machine. The noise control is a plain server that gets the same load beside each target. If its median is above ${MAX_NOISE_MS}&nbsp;ms, or differs by more than a factor of ${MAX_NOISE_RATIO} between targets, no time has a winner. Otherwise, two times must differ by a larger factor than the noise beside them does, and by more than its latency.</li>
<li><em>sample</em>: not measured in this run. The value is from the sample report, measured on another day and possibly on another machine. A row that contains one has no winner.</li>
<li>“local, not AWS”: measured in an embedded local cloud on the machine named above. Ratios between targets are more meaningful than absolute times.</li>
<li>In charts, the large dot is the value and the pale bar is its interval. Smaller dots are higher percentiles. An axis is logarithmic if the values span a wide range.</li>
<li>Every number has the id of its figure (<code>data-figure</code>). <code>data.json</code>, next to this file, lists each figure with its n, spread, origin and time. Hover over a number to see them.</li>
</ul>
</footer>`;
