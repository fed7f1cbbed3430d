package io.github.costwise.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses the cheapest policy that keeps a wanted part of the quality gap, on labelled
 * requests. Estimates are held out while policies are compared. Deterministic, immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
public final class GateCalibration {

	private static final int ZONES = 25;

	private static final int LEVELS = 40;

	private static final int FOLDS = 5;

	private final EscalationEstimate estimate;

	private final GateCosts costs;

	private final double[] difficulties;

	private final double[] estimates;

	private final double[] gains;

	private final List<Option> options;

	/**
	 * Creates a calibration.
	 * @param labels the labels, in an order that has no meaning
	 * @param costs what calls cost
	 * @throws IllegalArgumentException if there are too few labels or the capable model
	 * is not better than the cheap one over all of them
	 */
	public GateCalibration(List<GateLabel> labels, GateCosts costs) {
		List<double[]> evidence = labels.stream()
			.map((label) -> Evidence.of(label.difficulty(), label.candidate()))
			.toList();
		this.gains = labels.stream().mapToDouble(GateLabel::gain).toArray();
		if (labels.size() < 2 * FOLDS || !(Arrays.stream(this.gains).sum() > 0)) {
			throw new IllegalArgumentException("There must be labels with a gap between the models");
		}
		this.costs = costs;
		this.estimate = EscalationEstimate.fit(evidence, this.gains);
		this.difficulties = labels.stream().mapToDouble(GateLabel::difficulty).toArray();
		this.estimates = heldOut(evidence, this.gains);
		this.options = options();
	}

	private static double[] heldOut(List<double[]> evidence, double[] gains) {
		double[] estimates = new double[gains.length];
		for (int fold = 0; fold < FOLDS; fold++) {
			int part = fold;
			int[] known = IntStream.range(0, gains.length).filter((i) -> i % FOLDS != part).toArray();
			EscalationEstimate fitted = EscalationEstimate.fit(Arrays.stream(known).mapToObj(evidence::get).toList(),
					Arrays.stream(known).mapToDouble((i) -> gains[i]).toArray());
			for (int i = fold; i < gains.length; i += FOLDS) {
				estimates[i] = fitted.of(evidence.get(i));
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
		return cheapest(this.options, part);
	}

	/**
	 * Chooses a policy that never gates.
	 * @param part the part of the quality gap to keep
	 * @return the cheapest policy that keeps it by routing alone
	 */
	public GatePolicy chooseRouter(double part) {
		return cheapest(this.options.stream()
			.filter((option) -> option.policy().plainUpTo() == option.policy().gatedUpTo())
			.toList(), part);
	}

	/**
	 * Chooses a policy that gates everything.
	 * @param part the part of the quality gap to keep
	 * @return the cheapest policy that keeps it by the gate alone
	 */
	public GatePolicy chooseGate(double part) {
		return cheapest(this.options.stream()
			.filter((option) -> option.policy().plainUpTo() == Double.NEGATIVE_INFINITY
					&& option.policy().gatedUpTo() == Double.POSITIVE_INFINITY)
			.toList(), part);
	}

	private static GatePolicy cheapest(List<Option> options, double part) {
		Option best = null;
		for (Option option : options) {
			if (option.kept() >= part && (best == null || option.cost() < best.cost())) {
				best = option;
			}
		}
		return (best != null) ? best.policy() : new GatePolicy(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 1);
	}

	private List<Option> options() {
		double[] borders = quantiles(this.difficulties, ZONES);
		double[] levels = quantiles(this.estimates, LEVELS);
		List<Option> options = new ArrayList<>();
		for (int i = 0; i < borders.length; i++) {
			for (int j = i; j < borders.length; j++) {
				for (double level : (i == j) ? new double[] { 1 } : levels) {
					options.add(option(new GatePolicy(borders[i], borders[j], level)));
				}
			}
		}
		return options;
	}

	/** From minus to plus infinity. */
	private static double[] quantiles(double[] values, int parts) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		double[] quantiles = new double[parts + 1];
		Arrays.setAll(quantiles, (i) -> sorted[Math.min(sorted.length - 1, i * sorted.length / parts)]);
		quantiles[0] = Double.NEGATIVE_INFINITY;
		quantiles[parts] = Double.POSITIVE_INFINITY;
		return quantiles;
	}

	private Option option(GatePolicy policy) {
		double cost = 0;
		double kept = 0;
		double gap = 0;
		for (int i = 0; i < this.gains.length; i++) {
			GateZone zone = policy.zone(this.difficulties[i]);
			boolean escalated = zone == GateZone.GATED && policy.escalate(this.estimates[i]);
			cost += this.costs.of(zone, escalated);
			kept += (escalated || zone == GateZone.STRONG) ? this.gains[i] : 0;
			gap += this.gains[i];
		}
		return new Option(policy, cost / this.gains.length, kept / gap);
	}

	/** A policy and what it comes to on the labels. */
	private record Option(GatePolicy policy, double cost, double kept) {

	}

}
