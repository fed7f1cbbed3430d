package io.github.costwise.answer;

import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.RecordedChunk;

/**
 * Looks through all texts of answers: of their parts, thoughts included, and of all
 * fields.
 *
 * @since 0.1.0
 */
public final class RecordedTexts {

	private RecordedTexts() {
	}

	/**
	 * Returns whether any text of an answer passes a test.
	 * @param answer the answer
	 * @param test the test
	 * @return whether one does
	 */
	public static boolean any(RecordedAnswer answer, Predicate<String> test) {
		boolean[] found = new boolean[1];
		Consumer<String> look = (text) -> found[0] |= test.test(text);
		for (RecordedChunk chunk : answer.chunks()) {
			FieldValues.texts(chunk.head().fields(), look);
		}
		answer.parts().forEach((part) -> {
			FieldValues.texts(part.text(), look);
			FieldValues.texts(part.message(), look);
			FieldValues.texts((part.end() != null) ? part.end().fields() : null, look);
		});
		return found[0];
	}

}
