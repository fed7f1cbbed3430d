package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.JsonLines.Line;
import io.github.costwise.benchmarks.eval.routing.StabilityEvaluation;
import io.github.costwise.benchmarks.eval.routing.TextVectors;

/** Measures how often two wordings of one request go to the same tier. */
final class StabilityCommand implements EvalCommand {

	@Override
	public String name() {
		return "stability";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("input", "F", true));
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		List<List<String>> pairs = new JsonLines(options.file("input")).read(StabilityCommand::pair)
			.stream()
			.filter((pair) -> !pair.isEmpty())
			.toList();
		if (pairs.isEmpty()) {
			throw new BadInputException(options.file("input"), 1, "no pair is the same");
		}
		try (TextVectors vectors = new TextVectors(progress::say)) {
			return new StabilityEvaluation(vectors).run(pairs);
		}
	}

	/** Empty when the two texts do not mean the same. */
	private static List<String> pair(Line line) {
		if (!line.json().path("same").isBoolean()) {
			throw line.bad("\"same\" must be true or false");
		}
		List<String> pair = List.of(line.text("a"), line.text("b"));
		return line.json().path("same").booleanValue() ? pair : List.of();
	}

}
