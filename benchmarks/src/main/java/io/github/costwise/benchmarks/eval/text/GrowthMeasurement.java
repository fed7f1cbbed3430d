package io.github.costwise.benchmarks.eval.text;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Compares the time that a function takes for a text with that for one of a quarter of
 * its length. Time is that of the thread on the processor, so that other work of the
 * machine does not count, and each time is the least of several, taken by turns so that
 * both see the code equally warm. The shorter text comes as four copies that are used in
 * turn, so that both find as little of it in the caches of the processor. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class GrowthMeasurement {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** Who takes less for the longer text does not read it. */
	private static final long NOISE_NANOS = 200_000;

	/** What is measured takes so long at least, however often it has to be done. */
	private static final long LEAST_NANOS = 10_000_000;

	/** Growth up to here is not measured again. */
	private static final double PLAIN = 5;

	/** Rounds of one use each, before those of the least time. */
	private static final int ROUGH_ROUNDS = 3;

	private static final int MOST_ROUNDS = 30;

	private static final int COPIES = 4;

	private @Nullable Object sink;

	/**
	 * Measures a function.
	 * @param function the function
	 * @param text a text
	 * @param longer a text of four times its length
	 * @return how many times as long the longer text takes, 0 if it takes next to nothing
	 */
	public double of(TextFunction function, String text, String longer) {
		use(function, text);
		String[] copies = new String[COPIES];
		Arrays.setAll(copies, (copy) -> new String(text.toCharArray()));
		String[] one = { longer };
		Times times = new Times(Double.MAX_VALUE, Double.MAX_VALUE);
		for (int i = 0; i < MOST_ROUNDS && (i == 0 || times.ratio() > PLAIN); i++) {
			long nanos = (i < ROUGH_ROUNDS) ? 0 : LEAST_NANOS;
			times = times.least(new Times(time(function, copies, nanos), time(function, one, nanos)));
			if (times.many() < NOISE_NANOS) {
				return 0;
			}
		}
		return times.ratio();
	}

	/**
	 * The mean of as many uses of each text as take the given time, one of each at least.
	 */
	private double time(TextFunction function, String[] texts, long nanos) {
		int uses = 0;
		long start = threads.getCurrentThreadCpuTime();
		long passed = 0;
		while (uses == 0 || passed < nanos) {
			for (String text : texts) {
				use(function, text);
			}
			uses += texts.length;
			passed = threads.getCurrentThreadCpuTime() - start;
		}
		return Math.max(1, passed / (double) uses);
	}

	private void use(TextFunction function, String text) {
		try {
			this.sink = function.use().apply(text);
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new IllegalStateException(function.name() + " cannot read a text that begins with "
					+ text.substring(0, Math.min(20, text.length())), ex);
		}
	}

	/**
	 * Returns what was computed last, so that it had to be.
	 * @return the result of the last use
	 */
	public @Nullable Object last() {
		return this.sink;
	}

	/** What the text and the longer one take. */
	private record Times(double few, double many) {

		Times least(Times other) {
			return new Times(Math.min(this.few, other.few), Math.min(this.many, other.many));
		}

		double ratio() {
			return this.many / this.few;
		}

	}

}
