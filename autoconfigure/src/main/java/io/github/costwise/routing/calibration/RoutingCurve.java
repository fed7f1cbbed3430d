package io.github.costwise.routing.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * How much of the quality gap between two models a score keeps, when the requests that it
 * finds hardest go to the capable one: the curve of recovered gap over the share sent
 * there, at 11 shares from none to all, with the area below it (APGR) and the share
 * needed for a part of the gap (CPT), as RouteLLM defines them (Ong et al. 2024, arXiv
 * 2406.18665). Equal scores count as in every order at once; of several crossings the
 * first counts. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RoutingCurve {

	private static final int STEPS = 10;

	private static final double HUNDRED = 100;

	private final double[] recovered;

	private RoutingCurve(double[] recovered) {
		this.recovered = recovered;
	}

	/**
	 * Draws the curve.
	 * @param scores one score a request, higher is harder
	 * @param gains what the capable model gains on each request, in the same order
	 * @return the curve
	 * @throws IllegalArgumentException if there are no requests or the capable model
	 * gains nothing over all of them
	 */
	public static RoutingCurve of(double[] scores, double[] gains) {
		double gap = Arrays.stream(gains).sum();
		if (scores.length != gains.length || !(gap > 0)) {
			throw new IllegalArgumentException("There must be a gap between the two models to recover");
		}
		double[] sorted = sorted(scores, gains);
		double[] recovered = new double[STEPS + 1];
		double sum = 0;
		int next = 1;
		for (int i = 0; i < sorted.length; i++) {
			double before = sum;
			sum += sorted[i];
			while (next <= STEPS && (i + 1.0) * STEPS >= (double) next * sorted.length) {
				double part = (double) next * sorted.length / STEPS - i;
				recovered[next++] = (before + part * (sum - before)) / gap;
			}
		}
		return new RoutingCurve(recovered);
	}

	/** Hardest first, the gains of equal scores replaced by their mean. */
	private static double[] sorted(double[] scores, double[] gains) {
		Integer[] order = new Integer[scores.length];
		Arrays.setAll(order, (i) -> i);
		Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -scores[i]));
		double[] sorted = new double[order.length];
		int from = 0;
		while (from < order.length) {
			int to = from;
			double sum = 0;
			while (to < order.length && scores[order[to]] == scores[order[from]]) {
				sum += gains[order[to++]];
			}
			Arrays.fill(sorted, from, to, sum / (to - from));
			from = to;
		}
		return sorted;
	}

	/**
	 * Returns the average share of the gap that is recovered.
	 * @return the area below the curve: about .5 for random scores, above 1 for an oracle
	 * where the cheap model sometimes wins
	 */
	public double apgr() {
		double area = 0;
		for (int i = 1; i <= STEPS; i++) {
			area += (this.recovered[i - 1] + this.recovered[i]) / 2 / STEPS;
		}
		return area;
	}

	/**
	 * Returns how many requests must go to the capable model.
	 * @param part the part of the gap to recover, 0 to 1
	 * @return percent of the requests
	 */
	public double cpt(double part) {
		for (int i = 1; i <= STEPS; i++) {
			if (this.recovered[i] >= part) {
				double within = (part - this.recovered[i - 1]) / (this.recovered[i] - this.recovered[i - 1]);
				return HUNDRED * (i - 1 + Math.max(0, within)) / STEPS;
			}
		}
		return HUNDRED;
	}

	/**
	 * Returns a 95 % interval of the area, by drawing requests with replacement (Efron
	 * 1979, percentile method).
	 * @param scores one score a request
	 * @param gains what the capable model gains on each
	 * @param draws how often to draw
	 * @param seed decides what is drawn
	 * @return the interval, from 0 to 1 when it is unknown
	 */
	public static Interval interval(double[] scores, double[] gains, int draws, long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		double[] areas = new double[draws];
		int drawn = 0;
		double[] score = new double[scores.length];
		double[] gain = new double[scores.length];
		for (int i = 0; i < draws; i++) {
			double gap = 0;
			for (int j = 0; j < score.length; j++) {
				int from = random.nextInt(score.length);
				score[j] = scores[from];
				gain[j] = gains[from];
				gap += gain[j];
			}
			if (gap > 0) {
				areas[drawn++] = of(score, gain).apgr();
			}
		}
		return (drawn * 2 < draws) ? new Interval(0, 1) : Interval.of(Arrays.copyOf(areas, drawn));
	}

	/**
	 * An interval.
	 *
	 * @param low its lower end
	 * @param high its upper end
	 */
	public record Interval(double low, double high) {

		private static final double TAIL = .025;

		private static Interval of(double[] values) {
			Arrays.sort(values);
			int tail = (int) (TAIL * values.length);
			return new Interval(values[tail], values[values.length - 1 - tail]);
		}

	}

}
