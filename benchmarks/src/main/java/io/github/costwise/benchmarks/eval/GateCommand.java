package io.github.costwise.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.routing.GateCosts;
import io.github.costwise.benchmarks.eval.routing.GateEvaluation;
import io.github.costwise.benchmarks.eval.routing.RoutingRow;
import io.github.costwise.benchmarks.eval.routing.TextVectors;

/** Measures router and quality gate together. */
final class GateCommand implements EvalCommand {

	private static final int FOLDS = 5;

	/** A call to the second cheap model beside one to the first. */
	private static final double SECOND = .5;

	@Override
	public String name() {
		return "gate";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("train", "F", true), new Option("test", "F", true), new Option("weak", "M", true),
				new Option("second", "M", true), new Option("strong", "M", true), new Option("price-ratio", "R", true),
				new Option("folds", "K", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws IOException {
		GateEvaluation.Models models = new GateEvaluation.Models(options.text("weak", ""), options.text("second", ""),
				options.text("strong", ""));
		List<RoutingRow> test = rows(options.file("test"), models);
		List<RoutingRow> train = Files.isSameFile(options.file("train"), options.file("test")) ? test
				: rows(options.file("train"), models);
		GateEvaluation.GatePlan plan = new GateEvaluation.GatePlan(train, test, models, costs(options),
				new GateEvaluation.Division(options.count("folds", FOLDS), options.seed()));
		try (TextVectors vectors = new TextVectors(progress::say)) {
			return new GateEvaluation(plan, vectors, progress::say).run();
		}
	}

	/** What calls cost where those to the capable model cost R times the cheap ones. */
	static GateCosts costs(Options options) {
		double cheap = 1 / options.decimal("price-ratio", 1);
		return new GateCosts(cheap, SECOND * cheap);
	}

	private static List<RoutingRow> rows(Path file, GateEvaluation.Models models) {
		List<RoutingRow> rows = RoutingRows.with(file, models.weak(), models.strong());
		for (String model : List.of(models.weak(), models.second())) {
			if (rows.stream().noneMatch((row) -> row.answers().containsKey(model))) {
				throw new BadInputException(file, 1, "no row has an answer of " + model);
			}
		}
		return rows;
	}

}
