package io.github.costwise.benchmarks.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.routing.RoutingFit;
import io.github.costwise.benchmarks.eval.routing.RoutingRow;
import io.github.costwise.benchmarks.eval.routing.TextVectors;

/** Fits the routing model that comes with Costwise. */
final class FitRoutingCommand implements EvalCommand {

	private static final List<String> SOURCES = List.of("llmrouter", "mmlu", "mmlupro", "zeroeval");

	@Override
	public String name() {
		return "fit-routing";
	}

	@Override
	public List<Option> options() {
		List<Option> options = new ArrayList<>();
		SOURCES.forEach((source) -> options.add(new Option(source, "F", true)));
		options.add(new Option("out", "FOLDER", true));
		return options;
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws Exception {
		List<RoutingRow> rows = new ArrayList<>();
		SOURCES.forEach((source) -> rows.addAll(RoutingRows.read(options.file(source))));
		try (TextVectors vectors = new TextVectors(progress::say)) {
			return new RoutingFit(vectors, progress::say).run(rows, Path.of(options.text("out", "")));
		}
	}

}
