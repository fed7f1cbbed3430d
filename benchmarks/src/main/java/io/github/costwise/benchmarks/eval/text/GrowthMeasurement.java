package io.github.costwise.benchmarks.eval.text;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Compares the time that a function takes for a text with that for one of four times its
 * length. Time is that of the thread on the processor, so that other work of the machine
 * does not count, and each time is the least of several, taken by turns so that both see
 * the code equally warm. The shorter text comes as four copies that are used in turn, so
 * that both find as little of it in the caches of the processor. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class GrowthMeasurement {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** What is measured takes so long at least, however often it has to be done. */
	private static final long LEAST_NANOS = 10_000_000;

	/** Rounds of one use each, before those of the least time. */
	private static final int ROUGH_ROUNDS = 3;

	private static final int MOST_ROUNDS = 30;

	/** Rounds of what takes longer than the most time in all. */
	private static final int SLOW_ROUNDS = 6;

	private static final long MOST_NANOS = 2_000_000_000;

	private static final int COPIES = 4;

	private final LongSupplier clock;

	private @Nullable Object sink;

	/** Creates a measurement by the time of the thread on the processor. */
	public GrowthMeasurement() {
		this(threads::getCurrentThreadCpuTime);
	}

	/**
	 * Creates a measurement.
	 * @param clock tells the time in nanoseconds
	 */
	public GrowthMeasurement(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Measures a function until its times are plain.
	 * @param function the function
	 * @param text a text
	 * @param longer a text of four times its length
	 * @param times takes what is measured
	 */
	public void measure(TextFunction function, String text, String longer, GrowthTimes times) {
		String[] copies = new String[COPIES];
		Arrays.setAll(copies, (copy) -> new String(text.toCharArray()));
		String[] one = { longer };
		long start = this.clock.getAsLong();
		for (int round = 0; goesOn(round, start) && (round == 0 || !times.isPlain()); round++) {
			long nanos = (round < ROUGH_ROUNDS) ? 0 : LEAST_NANOS;
			times.add(time(function, copies, nanos), time(function, one, nanos));
		}
	}

	private boolean goesOn(int round, long start) {
		return round < SLOW_ROUNDS || (round < MOST_ROUNDS && this.clock.getAsLong() - start < MOST_NANOS);
	}

	/**
	 * The mean of as many uses of each text as take the given time, one of each at least.
	 */
	private double time(TextFunction function, String[] texts, long nanos) {
		int uses = 0;
		long start = this.clock.getAsLong();
		long passed = 0;
		while (uses == 0 || passed < nanos) {
			for (String text : texts) {
				use(function, text);
			}
			uses += texts.length;
			passed = this.clock.getAsLong() - start;
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

}
