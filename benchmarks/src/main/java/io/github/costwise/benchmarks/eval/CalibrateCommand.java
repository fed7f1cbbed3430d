package io.github.costwise.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.benchmarks.eval.routing.GateCosts;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.quality.GateLabel;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.Calibration;
import io.github.costwise.routing.calibration.CalibrationResult;
import io.github.costwise.routing.calibration.Folds;
import io.github.costwise.routing.calibration.LabelledRequest;
import io.github.costwise.spi.TextEncoder;

/** Calibrates the routing model, and a gate, on labels of an application. */
final class CalibrateCommand implements EvalCommand {

	private static final double KEEP = .95;

	private static final int LEAST = 50;

	private final TextEncoder encoder;

	CalibrateCommand(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public String name() {
		return "calibrate";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("labels", "F", true), new Option("out", "W", false),
				new Option("gate-out", "G", false), new Option("price-ratio", "R", false),
				new Option("keep", "P", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws IOException {
		Path file = options.file("labels");
		String out = options.text("out", "");
		String gateOut = options.text("gate-out", "");
		GateGoal wish = wish(options);
		List<AnsweredLabel> rows = new JsonLines(file).readSome(AnsweredLabel::of);
		if (wish != null) {
			check(file, rows);
		}
		List<LabelledRequest> labels = encoded(rows);
		Calibration calibration = new Calibration(RoutingModel.shipped(), options.seed());
		CalibrationResult result = calibration.calibrate(labels);
		Map<String, Object> report = report(result);
		RoutingModel model = result.model();
		if (model != null && wish != null) {
			GateFit gate = gate(file, model, gateLabels(rows, calibration.heldOut(labels), options.seed()), wish);
			Files.writeString(Path.of(gateOut), gate.model().write());
			report.put("gate", gate.report());
		}
		if (model != null && !out.isEmpty()) {
			Files.writeString(Path.of(out), model.write());
		}
		return report;
	}

	private static @Nullable GateGoal wish(Options options) {
		if (options.text("gate-out", "").isEmpty()) {
			if (!(options.text("price-ratio", "") + options.text("keep", "")).isEmpty()) {
				throw new UsageException("--price-ratio and --keep belong to --gate-out");
			}
			return null;
		}
		if (options.text("out", "").isEmpty()) {
			throw new UsageException("--gate-out needs --out, because a gate belongs to its routing model");
		}
		double keep = options.text("keep", "").isEmpty() ? KEEP : options.decimal("keep", 0);
		if (keep > 1) {
			throw new UsageException("--keep wants a part from 0 to 1, not " + keep);
		}
		return new GateGoal(GateCommand.costs(options), keep);
	}

	private static void check(Path file, List<AnsweredLabel> rows) {
		long answered = rows.stream().filter((row) -> row.answers() != null).count();
		if (answered < LEAST) {
			throw new BadInputException(file, 1, "for a gate at least " + LEAST
					+ " rows need \"answer\" and \"second\", which " + answered + " have");
		}
	}

	private static List<GateLabel> gateLabels(List<AnsweredLabel> rows, double[] difficulties, long seed) {
		List<GateLabel> labels = new ArrayList<>();
		for (int i : Folds.shuffled(rows.size(), seed)) {
			GatedAnswer answers = rows.get(i).answers();
			if (answers != null) {
				labels.add(new GateLabel(difficulties[i], answers, rows.get(i).request().gain()));
			}
		}
		return labels;
	}

	private GateFit gate(Path file, RoutingModel model, List<GateLabel> labels, GateGoal wish) {
		try {
			return GateFit.of(model.forEncoder(this.encoder.id()), labels, wish.costs(), wish.keep());
		}
		catch (IllegalArgumentException ex) {
			throw new BadInputException(file, 1, "over the rows with answers the capable model is not the better one");
		}
	}

	private List<LabelledRequest> encoded(List<AnsweredLabel> rows) {
		return rows.stream()
			.map(AnsweredLabel::request)
			.map((label) -> new LabelledRequest(label.text(), this.encoder.encode(label.text()), label.weak(),
					label.strong()))
			.toList();
	}

	private static Map<String, Object> report(CalibrationResult result) {
		CalibrationResult.Quality quality = result.quality();
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("labels", quality.labels());
		report.put("live", result.model() != null);
		report.put("reason", (result.reason() != null) ? result.reason() : "");
		report.put("apgr", quality.apgr());
		report.put("interval95", List.of(quality.interval().low(), quality.interval().high()));
		report.put("cpt50", quality.cpt50());
		report.put("cpt80", quality.cpt80());
		return report;
	}

	/** What a gate is to cost and to keep. */
	private record GateGoal(GateCosts costs, double keep) {

	}

}
