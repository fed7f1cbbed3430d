package io.github.costwise.benchmarks.eval.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RoutingScore;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.Calibration;
import io.github.costwise.routing.calibration.Folds;
import io.github.costwise.routing.calibration.LabelledRequest;
import io.github.costwise.routing.calibration.RoutingCurve;

/**
 * Measures how well a routing model finds the prompts on which a capable model gains.
 *
 * @since 0.1.0
 */
public final class RouteEvaluation {

	private static final int DRAWS = 1000;

	private static final int CONTROL_FOLDS = 5;

	private final Plan plan;

	private final TextVectors vectors;

	private final Consumer<String> progress;

	/**
	 * Creates an evaluation.
	 * @param plan what to measure
	 * @param vectors encodes prompts
	 * @param progress receives what is going on
	 */
	public RouteEvaluation(Plan plan, TextVectors vectors, Consumer<String> progress) {
		this.plan = plan;
		this.vectors = vectors;
		this.progress = progress;
	}

	/**
	 * Runs the evaluation.
	 * @return keys and values of the result
	 */
	public Map<String, Object> run() {
		Set<String> left = ShippedModels.sourcesOf(this.plan.test());
		RoutingModel prior = ShippedModels.without(left);
		this.progress.accept("weights without " + left + "; fitted on " + prior.training());
		Scored scored = scored(prior);
		Map<String, Object> result = result(scored);
		result.put("leftOut", left);
		result.put("fittedOn", prior.training());
		return result;
	}

	private Scored scored(RoutingModel prior) {
		List<RoutingRow> test = this.plan.test();
		if (this.plan.train() == null) {
			return score(prior, test, 0);
		}
		if (this.plan.train() != test) {
			return apart(prior, Objects.requireNonNull(this.plan.train()), test);
		}
		return (this.plan.labels() > 0) ? shuffled(prior, test) : folded(prior, test);
	}

	private Scored apart(RoutingModel prior, List<RoutingRow> train, List<RoutingRow> test) {
		int most = (this.plan.labels() > 0) ? this.plan.labels() : train.size();
		List<RoutingRow> known = Arrays.stream(Folds.shuffled(train.size(), this.plan.seed()))
			.limit(most)
			.mapToObj(train::get)
			.toList();
		PromptPrints prints = PromptPrints.of(known);
		List<RoutingRow> tested = test.stream().filter((row) -> !prints.contains(row)).toList();
		return score(calibrated(prior, known), tested, known.size());
	}

	private Scored shuffled(RoutingModel prior, List<RoutingRow> rows) {
		int[] order = Folds.shuffled(rows.size(), this.plan.seed());
		int labels = Math.min(this.plan.labels(), rows.size() - 1);
		List<RoutingRow> known = Arrays.stream(order, 0, labels).mapToObj(rows::get).toList();
		List<RoutingRow> tested = Arrays.stream(order, labels, order.length).mapToObj(rows::get).toList();
		return score(calibrated(prior, known), tested, labels);
	}

	private Scored folded(RoutingModel prior, List<RoutingRow> rows) {
		Folds folds = new Folds(rows.size(), this.plan.folds(), this.plan.seed());
		List<RoutingRow> tested = new ArrayList<>();
		List<float[]> encoded = new ArrayList<>();
		List<Double> scores = new ArrayList<>();
		RoutingModel last = prior;
		for (int fold = 0; fold < folds.count(); fold++) {
			this.progress.accept("fold " + (fold + 1) + " of " + folds.count());
			last = calibrated(prior, Arrays.stream(folds.outside(fold)).mapToObj(rows::get).toList());
			Scored part = score(last, Arrays.stream(folds.in(fold)).mapToObj(rows::get).toList(), 0);
			tested.addAll(part.rows());
			encoded.addAll(Arrays.asList(part.vectors()));
			Arrays.stream(part.scores()).forEach(scores::add);
		}
		return new Scored(last, tested, encoded.toArray(float[][]::new),
				scores.stream().mapToDouble((score) -> score).toArray(), rows.size() - tested.size() / folds.count());
	}

	private RoutingModel calibrated(RoutingModel prior, List<RoutingRow> known) {
		float[][] encoded = encode(known);
		List<LabelledRequest> labels = IntStream.range(0, encoded.length)
			.mapToObj((i) -> new LabelledRequest(known.get(i).prompt(), encoded[i],
					known.get(i).score(this.plan.weak()), known.get(i).score(this.plan.strong())))
			.toList();
		this.progress.accept("calibrating on " + labels.size() + " labels");
		return new Calibration(prior, this.plan.seed()).fit(labels);
	}

	private Scored score(RoutingModel model, List<RoutingRow> rows, int labels) {
		float[][] encoded = encode(rows);
		double[] scores = new double[encoded.length];
		Arrays.setAll(scores, (i) -> difficulty(model.score(rows.get(i).prompt(), encoded[i])));
		return new Scored(model, rows, encoded, scores, labels);
	}

	private static double difficulty(@Nullable RoutingScore score) {
		return (score != null) ? score.difficulty() : 0;
	}

	/** All rows at once, because the list is what vectors are remembered by. */
	private float[][] encode(List<RoutingRow> rows) {
		Map<String, float[]> known = this.plan.known();
		for (List<RoutingRow> all : this.plan.files()) {
			if (!known.containsKey(all.get(0).prompt())) {
				float[][] found = this.vectors.encode(all.stream().map(RoutingRow::prompt).toList());
				IntStream.range(0, found.length).forEach((i) -> known.put(all.get(i).prompt(), found[i]));
			}
		}
		return rows.stream().map((row) -> Objects.requireNonNull(known.get(row.prompt()))).toArray(float[][]::new);
	}

	private Map<String, Object> result(Scored scored) {
		double[] gains = gains(scored.rows());
		RoutingCurve curve = RoutingCurve.of(scored.scores(), gains);
		RoutingCurve.Interval interval = RoutingCurve.interval(scored.scores(), gains, DRAWS, this.plan.seed());
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("n", gains.length);
		result.put("labels", scored.labels());
		result.put("apgr", curve.apgr());
		result.put("cpt50", curve.cpt(.5));
		result.put("cpt80", curve.cpt(.8));
		result.put("interval95", List.of(interval.low(), interval.high()));
		result.put("controls", controls(scored.rows(), gains));
		result
			.put("withoutEncoder",
					RoutingCurve.of(scored.rows()
						.stream()
						.mapToDouble((row) -> difficulty(scored.model().score(row.prompt(), null)))
						.toArray(), gains).apgr());
		result.put("decisionMicros", new DecisionTimer(scored.model()).time(scored.rows(), scored.vectors()));
		return result;
	}

	private double[] gains(List<RoutingRow> rows) {
		return rows.stream()
			.mapToDouble((row) -> row.score(this.plan.strong()) - row.score(this.plan.weak()))
			.toArray();
	}

	private Map<String, Object> controls(List<RoutingRow> rows, double[] gains) {
		Map<String, Object> controls = new LinkedHashMap<>();
		controls.put("random", RoutingCurve.of(new double[gains.length], gains).apgr());
		controls.put("length",
				RoutingCurve.of(rows.stream().mapToDouble((row) -> row.prompt().length()).toArray(), gains).apgr());
		controls.put("family", RoutingCurve.of(families(rows, gains), gains).apgr());
		controls.put("oracle", RoutingCurve.of(gains, gains).apgr());
		return controls;
	}

	/** The mean gain of the family over the other folds. */
	private double[] families(List<RoutingRow> rows, double[] gains) {
		double[] scores = new double[gains.length];
		Folds folds = new Folds(gains.length, CONTROL_FOLDS, this.plan.seed());
		for (int fold = 0; fold < CONTROL_FOLDS; fold++) {
			Map<String, double[]> sums = new HashMap<>();
			for (int i : folds.outside(fold)) {
				double[] sum = sums.computeIfAbsent(rows.get(i).family(), (family) -> new double[2]);
				sum[0] += gains[i];
				sum[1]++;
			}
			for (int i : folds.in(fold)) {
				double[] sum = sums.getOrDefault(rows.get(i).family(), new double[] { 0, 1 });
				scores[i] = sum[0] / sum[1];
			}
		}
		return scores;
	}

	/**
	 * What to measure.
	 *
	 * @param test rows to measure on
	 * @param train rows to calibrate on, the same list for a part of the same file, or
	 * {@code null} for the shipped weights
	 * @param weak the cheap model
	 * @param strong the capable model
	 * @param settings how to divide
	 * @param known vectors by prompt, filled while measuring
	 */
	public record Plan(List<RoutingRow> test, @Nullable List<RoutingRow> train, String weak, String strong,
			FoldSettings settings, Map<String, float[]> known) {

		int labels() {
			return this.settings.labels();
		}

		int folds() {
			return this.settings.folds();
		}

		long seed() {
			return this.settings.seed();
		}

		List<List<RoutingRow>> files() {
			return (this.train == null || this.train == this.test) ? List.of(this.test)
					: List.of(this.test, this.train);
		}

	}

	/**
	 * How to divide rows.
	 *
	 * @param labels how many rows to calibrate on, or 0 for all
	 * @param folds how many parts when all of a file are both
	 * @param seed decides who belongs where
	 */
	public record FoldSettings(int labels, int folds, long seed) {

	}

	private record Scored(RoutingModel model, List<RoutingRow> rows, float[][] vectors, double[] scores, int labels) {

	}

}
