package io.github.costwise.benchmarks.eval;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import io.github.costwise.benchmarks.eval.JsonLines.Line;
import io.github.costwise.benchmarks.eval.routing.RoutingRow;

/** Reads prompts and how models did on them. */
final class RoutingRows {

	/** Scores above 1 are marks from 1 to this one. */
	private static final double BEST_MARK = 10;

	private RoutingRows() {
	}

	static List<RoutingRow> read(Path file) {
		List<RoutingRow> rows = new JsonLines(file).read(RoutingRows::row);
		if (rows.isEmpty()) {
			throw new BadInputException(file, 1, "there are no rows");
		}
		boolean marks = rows.stream().anyMatch((row) -> row.scores().values().stream().anyMatch((score) -> score > 1));
		return marks ? rows.stream().map(RoutingRows::scaled).toList() : rows;
	}

	/**
	 * Reads the rows that two models have answered.
	 * @param file the file
	 * @param weak a model
	 * @param strong another model
	 * @return the rows
	 * @throws BadInputException if there are none, or there is no gap between the models
	 */
	static List<RoutingRow> with(Path file, String weak, String strong) {
		List<RoutingRow> rows = read(file).stream()
			.filter((row) -> row.scores().containsKey(weak) && row.scores().containsKey(strong))
			.toList();
		double gap = rows.stream()
			.mapToDouble((row) -> row.scores().getOrDefault(strong, 0.0) - row.scores().getOrDefault(weak, 0.0))
			.sum();
		if (!(gap > 0)) {
			throw new BadInputException(file, 1, strong + " is not better than " + weak + " over the " + rows.size()
					+ " rows that both have answered");
		}
		return rows;
	}

	private static RoutingRow row(Line line) {
		Map<String, Double> scores = new HashMap<>();
		for (Map.Entry<String, JsonNode> entry : line.object("scores").properties()) {
			if (!entry.getValue().isNumber() || entry.getValue().doubleValue() < 0
					|| entry.getValue().doubleValue() > BEST_MARK) {
				throw line.bad("the score of " + entry.getKey() + " must be a number from 0 to 1 or 1 to 10");
			}
			scores.put(entry.getKey(), entry.getValue().doubleValue());
		}
		Map<String, String> answers = new HashMap<>();
		for (Map.Entry<String, JsonNode> entry : line.json().path("answers").properties()) {
			answers.put(entry.getKey(), entry.getValue().asString(""));
		}
		return new RoutingRow(line.text("set"), line.text("family"), line.text("prompt"), scores, answers);
	}

	private static RoutingRow scaled(RoutingRow row) {
		Map<String, Double> scores = new HashMap<>(row.scores());
		scores.replaceAll((model, score) -> score / BEST_MARK);
		return new RoutingRow(row.set(), row.family(), row.prompt(), scores, row.answers());
	}

}
