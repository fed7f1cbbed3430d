package io.github.costwise.benchmarks.eval;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import com.sun.management.ThreadMXBean;
import org.HdrHistogram.Histogram;

/**
 * Times variants of the same work in many short blocks that alternate within one run, so
 * that what disturbs the machine disturbs all of them. A figure is a percentile of each
 * block; what one variant adds to another is the median, over all rounds, of the
 * difference of the two percentiles of a round. Not thread-safe.
 */
final class Blocks {

	private static final long LONGEST_NANOS = 60_000_000_000L;

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Histogram histogram = new Histogram(LONGEST_NANOS, 3);

	private final int blockSize;

	private final Map<String, BlockVariant> variants = new LinkedHashMap<>();

	/**
	 * Creates a set of variants.
	 * @param blockSize how often each block runs the work
	 */
	Blocks(int blockSize) {
		this.blockSize = blockSize;
	}

	void add(String name, Runnable work) {
		this.variants.put(name, new BlockVariant(work, new ArrayList<>()));
	}

	/**
	 * Runs all variants.
	 * @param warmUp rounds that are not counted
	 * @param rounds rounds that are
	 */
	void run(int warmUp, int rounds) {
		List<BlockVariant> order = new ArrayList<>(this.variants.values());
		for (int i = 0; i < warmUp + rounds; i++) {
			for (int j = 0; j < order.size(); j++) {
				BlockVariant variant = order.get((i + j) % order.size());
				Block block = block(variant.work());
				if (i >= warmUp) {
					variant.blocks().add(block);
				}
			}
		}
	}

	/**
	 * Returns a figure of a variant.
	 * @param name the variant
	 * @param figure the figure
	 * @return the median over all rounds
	 */
	double median(String name, ToDoubleFunction<Block> figure) {
		return median(find(name).figures(figure));
	}

	/**
	 * Returns what a variant adds to another.
	 * @param name the variant
	 * @param base the variant to compare with
	 * @param figure the figure
	 * @return the median of the differences over all rounds
	 */
	double added(String name, String base, ToDoubleFunction<Block> figure) {
		double[] more = find(name).figures(figure);
		double[] less = find(base).figures(figure);
		double[] added = new double[more.length];
		Arrays.setAll(added, (i) -> more[i] - less[i]);
		return median(added);
	}

	private BlockVariant find(String name) {
		BlockVariant variant = this.variants.get(name);
		if (variant == null) {
			throw new IllegalArgumentException("No variant " + name);
		}
		return variant;
	}

	private Block block(Runnable work) {
		this.histogram.reset();
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < this.blockSize; i++) {
			long start = System.nanoTime();
			work.run();
			this.histogram.recordValue(System.nanoTime() - start);
		}
		double allocated = threads.getCurrentThreadAllocatedBytes() - before;
		return new Block(this.histogram.getValueAtPercentile(50), this.histogram.getValueAtPercentile(99),
				allocated / this.blockSize);
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * The figures of one block.
	 *
	 * @param p50 median of the time of one run, in nanoseconds
	 * @param p99 99th percentile of the time of one run, in nanoseconds
	 * @param bytes memory that one run allocates on its thread
	 */
	record Block(double p50, double p99, double bytes) {

	}

	private record BlockVariant(Runnable work, List<Block> blocks) {

		private double[] figures(ToDoubleFunction<Block> figure) {
			return this.blocks.stream().mapToDouble(figure).toArray();
		}

	}

}
