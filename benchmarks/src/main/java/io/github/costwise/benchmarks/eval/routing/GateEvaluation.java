package io.github.costwise.benchmarks.eval.routing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.quality.EscalationEstimate;
import io.github.costwise.quality.GateLabel;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.Calibration;
import io.github.costwise.routing.calibration.Folds;
import io.github.costwise.routing.calibration.LabelledRequest;

/**
 * Measures what router and gate together cost for a part of the quality gap. Router,
 * estimate and thresholds come from the train rows; each wanted part of the gap gives one
 * policy, and what the policies cost and keep on the test rows is read off at .90 and
 * .95.
 *
 * @since 0.1.0
 */
public final class GateEvaluation {

	private static final double FROM = .5;

	private static final double STEP = .01;

	private static final int PARTS = 60;

	private final GatePlan plan;

	private final TextVectors vectors;

	private final Consumer<String> progress;

	/**
	 * Creates an evaluation.
	 * @param plan what to measure
	 * @param vectors encodes prompts
	 * @param progress receives what is going on
	 */
	public GateEvaluation(GatePlan plan, TextVectors vectors, Consumer<String> progress) {
		this.plan = plan;
		this.vectors = vectors;
		this.progress = progress;
	}

	/**
	 * Runs the evaluation.
	 * @return keys and values of the result
	 */
	public Map<String, Object> run() {
		Set<String> left = new TreeSet<>(ShippedModels.sourcesOf(this.plan.test()));
		RoutingModel prior = ShippedModels.without(left);
		Tallies tallies = new Tallies(new Tally(), new Tally(), new Tally());
		if (this.plan.train() != this.plan.test()) {
			evaluate(prior, encoded(this.plan.train()), encoded(this.plan.test()), tallies);
		}
		else {
			List<EncodedRow> rows = encoded(this.plan.test());
			Folds folds = new Folds(rows.size(), this.plan.folds(), this.plan.seed());
			for (int fold = 0; fold < folds.count(); fold++) {
				this.progress.accept("fold " + (fold + 1) + " of " + folds.count());
				evaluate(prior, Arrays.stream(folds.outside(fold)).mapToObj(rows::get).toList(),
						Arrays.stream(folds.in(fold)).mapToObj(rows::get).toList(), tallies);
			}
		}
		return result(tallies, left);
	}

	private List<EncodedRow> encoded(List<RoutingRow> rows) {
		float[][] found = this.vectors.encode(rows.stream().map(RoutingRow::prompt).toList());
		return IntStream.range(0, found.length).mapToObj((i) -> new EncodedRow(rows.get(i), found[i])).toList();
	}

	private void evaluate(RoutingModel prior, List<EncodedRow> train, List<EncodedRow> test, Tallies tallies) {
		List<LabelledRequest> labels = train.stream().map(this::label).toList();
		Calibration calibration = new Calibration(prior, this.plan.seed());
		double[] held = calibration.heldOut(labels);
		GateCosts costs = this.plan.costs();
		GateCalibration gate = new GateCalibration(IntStream.range(0, held.length)
			.mapToObj((i) -> new GateLabel(held[i], candidate(train.get(i).row()), labels.get(i).gain()))
			.toList(), costs);
		RoutingModel model = calibration.fit(labels);
		List<Judged> judged = test.stream().map((row) -> judge(row, model, gate.estimate())).toList();
		for (int i = 0; i < PARTS; i++) {
			double part = FROM + STEP * i;
			tallies.both().add(i, gate.choose(part), judged, costs);
			tallies.router().add(i, gate.chooseRouter(part), judged, costs);
			tallies.gate().add(i, gate.chooseGate(part), judged, costs);
		}
	}

	private LabelledRequest label(EncodedRow row) {
		return new LabelledRequest(row.row().prompt(), row.vector(), row.row().score(this.plan.weak()),
				row.row().score(this.plan.strong()));
	}

	private GatedAnswer candidate(RoutingRow row) {
		return GatedAnswer.of(row.answers().getOrDefault(this.plan.weak(), ""))
			.beside(row.answers().getOrDefault(this.plan.second(), ""));
	}

	private Judged judge(EncodedRow row, RoutingModel model, EscalationEstimate estimate) {
		RoutingScore score = model.score(row.row().prompt(), row.vector());
		double difficulty = (score != null) ? score.difficulty() : 0;
		return new Judged(difficulty, estimate.of(difficulty, candidate(row.row())), label(row).gain());
	}

	private Map<String, Object> result(Tallies tallies, Set<String> left) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("n", this.plan.test().size());
		result.putAll(tallies.both().read());
		result.put("routerOnly", tallies.router().read());
		result.put("gateOnly", tallies.gate().read());
		result.put("chosenFor95", tallies.both().at((int) Math.round((.95 - FROM) / STEP)));
		result.put("leftOut", left);
		return result;
	}

	/**
	 * What to measure.
	 *
	 * @param train rows to choose on
	 * @param test rows to measure on; the same list for folds of one file
	 * @param models the three models
	 * @param costs what calls cost
	 * @param division how to divide one file
	 */
	public record GatePlan(List<RoutingRow> train, List<RoutingRow> test, Models models, GateCosts costs,
			Division division) {

		String weak() {
			return this.models.weak();
		}

		String second() {
			return this.models.second();
		}

		String strong() {
			return this.models.strong();
		}

		int folds() {
			return this.division.folds();
		}

		long seed() {
			return this.division.seed();
		}

	}

	/**
	 * The models.
	 *
	 * @param weak the cheap model
	 * @param second the second cheap model
	 * @param strong the capable model
	 */
	public record Models(String weak, String second, String strong) {

	}

	/**
	 * How to divide one file.
	 *
	 * @param folds how many parts
	 * @param seed decides who belongs where
	 */
	public record Division(int folds, long seed) {

	}

	private record EncodedRow(RoutingRow row, float[] vector) {

	}

	private record Judged(double difficulty, double estimate, double gain) {

	}

	private record Tallies(Tally both, Tally router, Tally gate) {

	}

	/** What the policies come to on the test rows. */
	private static final class Tally {

		private final double[] cost = new double[PARTS];

		private final double[] kept = new double[PARTS];

		private final double[] gap = new double[PARTS];

		private final int[] count = new int[PARTS];

		private void add(int index, GatePolicy policy, List<Judged> judged, GateCosts costs) {
			for (Judged row : judged) {
				GateZone zone = policy.zone(row.difficulty());
				boolean escalated = zone == GateZone.GATED && policy.escalate(row.estimate());
				this.cost[index] += costs.of(zone, escalated);
				this.kept[index] += (escalated || zone == GateZone.STRONG) ? row.gain() : 0;
				this.gap[index] += row.gain();
				this.count[index]++;
			}
		}

		private Map<String, Object> read() {
			Map<String, Object> read = new LinkedHashMap<>();
			read.put("costAtGap90", costAt(.9));
			read.put("costAtGap95", costAt(.95));
			return read;
		}

		private Map<String, Object> at(int index) {
			Map<String, Object> at = new LinkedHashMap<>();
			at.put("cost", this.cost[index] / this.count[index]);
			at.put("gap", this.kept[index] / this.gap[index]);
			return at;
		}

		/**
		 * What the cheapest mix of two policies costs that keeps a part, as requests may
		 * be shared between two policies; 1 when none keeps it.
		 */
		private double costAt(double part) {
			double best = 1;
			for (int i = 0; i < PARTS; i++) {
				double costI = this.cost[i] / this.count[i];
				double keptI = this.kept[i] / this.gap[i];
				if (keptI >= part) {
					best = Math.min(best, costI);
				}
				else if (i + 1 < PARTS && this.kept[i + 1] / this.gap[i + 1] >= part) {
					double within = (part - keptI) / (this.kept[i + 1] / this.gap[i + 1] - keptI);
					best = Math.min(best, costI + within * (this.cost[i + 1] / this.count[i + 1] - costI));
				}
			}
			return best;
		}

	}

}
