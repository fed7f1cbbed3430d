package io.github.costwise.benchmarks.eval;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.costwise.benchmarks.eval.JsonLines.Line;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.routing.calibration.LabelledRequest;

/**
 * A label of an application, and what two cheap models answered where that was kept.
 *
 * @param request the label, without a vector
 * @param answers the answer of the cheap model beside that of the second one, or
 * {@code null}
 */
record AnsweredLabel(LabelledRequest request, @Nullable GatedAnswer answers) {

	static AnsweredLabel of(Line line) {
		LabelledRequest request = new LabelledRequest(line.text("text"), null, share(line, "weak"),
				share(line, "strong"));
		return new AnsweredLabel(request, answers(line));
	}

	private static double share(Line line, String key) {
		JsonNode value = line.json().path(key);
		if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
			throw line.bad("\"" + key + "\" must be a number from 0 to 1");
		}
		return value.doubleValue();
	}

	private static @Nullable GatedAnswer answers(Line line) {
		JsonNode answer = line.json().path("answer");
		JsonNode second = line.json().path("second");
		if (answer.isMissingNode() && second.isMissingNode()) {
			return null;
		}
		if (!answer.isString() || !second.isString()) {
			throw line.bad("\"answer\" and \"second\" must both be texts, or neither there");
		}
		return GatedAnswer.of(answer.stringValue()).beside(second.stringValue());
	}

}
