package io.github.costwise.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.benchmarks.eval.routing.RouteEvaluation;
import io.github.costwise.benchmarks.eval.routing.RoutingRow;
import io.github.costwise.benchmarks.eval.routing.TextVectors;

/** Measures a routing model. */
final class RouteCommand implements EvalCommand {

	private static final int FOLDS = 5;

	@Override
	public String name() {
		return "route";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("test", "F", true), new Option("weak", "M", true), new Option("strong", "M", true),
				new Option("train", "F", false), new Option("labels", "N", false), new Option("folds", "K", false),
				Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws IOException {
		boolean trained = !options.text("train", "").isEmpty();
		if (!trained && (options.count("labels", 0) > 0 || options.count("folds", 0) > 0)) {
			throw new UsageException("--labels and --folds need --train");
		}
		List<RoutingRow> test = rows(options, "test");
		List<RoutingRow> train = trained ? train(options, test) : null;
		RouteEvaluation.FoldSettings settings = new RouteEvaluation.FoldSettings(options.count("labels", 0),
				options.count("folds", FOLDS), options.seed());
		RouteEvaluation.Plan plan = new RouteEvaluation.Plan(test, train, options.text("weak", ""),
				options.text("strong", ""), settings, new HashMap<>());
		try (TextVectors vectors = new TextVectors(progress::say)) {
			return new RouteEvaluation(plan, vectors, progress::say).run();
		}
	}

	private static @Nullable List<RoutingRow> train(Options options, List<RoutingRow> test) throws IOException {
		boolean same = Files.isSameFile(options.file("train"), options.file("test"));
		return same ? test : rows(options, "train");
	}

	private static List<RoutingRow> rows(Options options, String file) {
		return RoutingRows.with(options.file(file), options.text("weak", ""), options.text("strong", ""));
	}

}
