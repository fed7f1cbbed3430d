package io.github.costwise.benchmarks.eval.routing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.costwise.quality.EscalationEstimate;
import io.github.costwise.quality.GateLabel;

/**
 * Chooses the cheapest policy that keeps a wanted part of the quality gap, on labelled
 * requests. Estimates are held out while policies are compared. Only policies are
 * compared that are best at some price on the gap, in calls to the capable model: with
 * one number to choose instead of three, less is chosen by chance. Deterministic,
 * immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class GateCalibration {

	private static final int ZONES = 25;

	private static final int PRICES = 120;

	private static final double LEAST_PRICE = 1.02;

	private static final double MOST_PRICE = 60;

	private static final int FOLDS = 5;

	private final EscalationEstimate estimate;

	private final GateCosts costs;

	private final double[] difficulties;

	private final double[] estimates;

	private final double[] gains;

	private final double[] borders;

	private final List<GatePolicy> best;

	/**
	 * Creates a calibration.
	 * @param labels the labels, in an order that has no meaning
	 * @param costs what calls cost
	 * @throws IllegalArgumentException if there are too few labels or the capable model
	 * is not better than the cheap one over all of them
	 */
	public GateCalibration(List<GateLabel> labels, GateCosts costs) {
		this.gains = labels.stream().mapToDouble(GateLabel::gain).toArray();
		if (labels.size() < 2 * FOLDS || !(Arrays.stream(this.gains).sum() > 0)) {
			throw new IllegalArgumentException("There must be labels with a gap between the models");
		}
		this.costs = costs;
		this.estimate = EscalationEstimate.fit(labels);
		this.difficulties = labels.stream().mapToDouble(GateLabel::difficulty).toArray();
		this.estimates = heldOut(labels);
		this.borders = quantiles(this.difficulties);
		this.best = prices().mapToObj(this::best).toList();
	}

	private static double[] heldOut(List<GateLabel> labels) {
		double[] estimates = new double[labels.size()];
		for (int fold = 0; fold < FOLDS; fold++) {
			int part = fold;
			EscalationEstimate fitted = EscalationEstimate
				.fit(IntStream.range(0, labels.size()).filter((i) -> i % FOLDS != part).mapToObj(labels::get).toList());
			for (int i = fold; i < estimates.length; i += FOLDS) {
				estimates[i] = fitted.of(labels.get(i).difficulty(), labels.get(i).candidate());
			}
		}
		return estimates;
	}

	/**
	 * Returns what judges answers under the policies.
	 * @return the estimate, fitted on all labels
	 */
	public EscalationEstimate estimate() {
		return this.estimate;
	}

	/**
	 * Chooses a policy that may gate.
	 * @param part the part of the quality gap to keep
	 * @return the cheapest policy that keeps it, or the capable model for everything
	 */
	public GatePolicy choose(double part) {
		return cheapest(this.best.stream(), part);
	}

	/**
	 * Chooses a policy that never gates.
	 * @param part the part of the quality gap to keep
	 * @return the cheapest policy that keeps it by routing alone
	 */
	public GatePolicy chooseRouter(double part) {
		return cheapest(Arrays.stream(this.borders).mapToObj((border) -> new GatePolicy(border, border, 1)), part);
	}

	/**
	 * Chooses a policy that gates everything.
	 * @param part the part of the quality gap to keep
	 * @return the cheapest policy that keeps it by the gate alone
	 */
	public GatePolicy chooseGate(double part) {
		return cheapest(
				prices()
					.mapToObj((price) -> new GatePolicy(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1 / price)),
				part);
	}

	private static DoubleStream prices() {
		double step = Math.log(MOST_PRICE / LEAST_PRICE) / (PRICES - 1);
		return IntStream.range(0, PRICES).mapToDouble((i) -> LEAST_PRICE * Math.exp(i * step));
	}

	private GatePolicy cheapest(Stream<GatePolicy> policies, double part) {
		return policies.map(this::expected)
			.filter((expected) -> expected.kept() >= part)
			.min(Comparator.comparingDouble(Expectation::cost))
			.map(Expectation::policy)
			.orElse(new GatePolicy(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 1));
	}

	/** From minus to plus infinity. */
	private static double[] quantiles(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		double[] quantiles = new double[ZONES + 1];
		Arrays.setAll(quantiles, (i) -> sorted[Math.min(sorted.length - 1, i * sorted.length / ZONES)]);
		quantiles[0] = Double.NEGATIVE_INFINITY;
		quantiles[ZONES] = Double.POSITIVE_INFINITY;
		return quantiles;
	}

	/**
	 * The policy that is worth most at a price. What both borders are worth adds up, so
	 * each is looked for by itself.
	 */
	private GatePolicy best(double price) {
		double[] plain = new double[this.borders.length];
		double[] gated = new double[this.borders.length];
		for (int i = 0; i < this.gains.length; i++) {
			boolean escalated = this.estimates[i] > 1 / price;
			double asGated = worth(GateZone.GATED, escalated, i, price);
			double asPlain = worth(GateZone.PLAIN, false, i, price);
			double asStrong = worth(GateZone.STRONG, false, i, price);
			for (int border = 0; border < this.borders.length; border++) {
				if (this.difficulties[i] <= this.borders[border]) {
					plain[border] += asPlain - asGated;
					gated[border] += asGated - asStrong;
				}
			}
		}
		return best(plain, gated, 1 / price);
	}

	private GatePolicy best(double[] plain, double[] gated, double level) {
		int lower = 0;
		int plainUpTo = 0;
		int gatedUpTo = 0;
		for (int border = 0; border < this.borders.length; border++) {
			lower = (plain[border] > plain[lower]) ? border : lower;
			if (plain[lower] + gated[border] > plain[plainUpTo] + gated[gatedUpTo]) {
				plainUpTo = lower;
				gatedUpTo = border;
			}
		}
		return new GatePolicy(this.borders[plainUpTo], this.borders[gatedUpTo], level);
	}

	private double worth(GateZone zone, boolean escalated, int label, double price) {
		return price * kept(zone, escalated, label) - this.costs.of(zone, escalated);
	}

	private double kept(GateZone zone, boolean escalated, int label) {
		return (escalated || zone == GateZone.STRONG) ? this.gains[label] : 0;
	}

	/**
	 * Returns what a policy comes to on the labels.
	 * @param policy the policy
	 * @return what it costs and keeps, by estimates that were held out
	 */
	public Expectation expected(GatePolicy policy) {
		double cost = 0;
		double kept = 0;
		for (int i = 0; i < this.gains.length; i++) {
			GateZone zone = policy.zone(this.difficulties[i]);
			boolean escalated = zone == GateZone.GATED && policy.escalate(this.estimates[i]);
			cost += this.costs.of(zone, escalated);
			kept += kept(zone, escalated, i);
		}
		return new Expectation(policy, cost / this.gains.length, kept / Arrays.stream(this.gains).sum());
	}

	/**
	 * What a policy comes to.
	 *
	 * @param policy the policy
	 * @param cost what a request costs, as a share of a call to the capable model
	 * @param kept the part of the quality gap that is kept
	 */
	public record Expectation(GatePolicy policy, double cost, double kept) {

	}

}
