package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import io.github.costwise.testsupport.AnswerBodies;

/** Random answers, each both as the body of a call and as that of a stream. */
final class RandomAnswers {

	private static final String[] WORDS = { "Paris", "is", "the", "capital,", "\"quoted\"", "{\"a\":1}", "Grüße", "世界",
			"\uD83D\uDE00", "line\nbreak", "back\\slash", "50 %" };

	private final Random random;

	RandomAnswers(long seed) {
		this.random = new Random(seed);
	}

	/** An answer. */
	record Bodies(String call, String stream) {

	}

	Bodies openAi() {
		List<String> call = new ArrayList<>();
		List<String> stream = new ArrayList<>();
		int choices = chance(5) ? 2 : 1;
		for (int i = 0; i < choices; i++) {
			addChoice(i, call, stream);
		}
		return new Bodies(AnswerBodies.openAi(call.toArray(String[]::new)),
				AnswerBodies.openAiStream(stream.toArray(String[]::new)));
	}

	private void addChoice(int index, List<String> call, List<String> stream) {
		String content = text();
		String finish = chance(8) ? pick("length", "content_filter", "new_reason") : "stop";
		String thought = chance(2) ? text() : null;
		String refusal = chance(8) ? text() : null;
		String rest = (thought != null) ? "," + quoted(pick("reasoning_content", "reasoning")) + ":" + quoted(thought)
				: "";
		rest += (refusal != null) ? ",\"refusal\":" + quoted(refusal) : "";
		rest += chance(2) ? ",\"annotations\":" + annotations() : "";
		call.add("{\"index\":" + index + ",\"message\":{\"role\":\"assistant\",\"content\":" + quoted(content) + rest
				+ "},\"finish_reason\":" + quoted(finish) + "}");
		addDeltas(stream, index, "reasoning_content", thought);
		addDeltas(stream, index, "content", content);
		addDeltas(stream, index, "refusal", refusal);
		stream.add("{\"index\":" + index + ",\"delta\":{},\"finish_reason\":" + quoted(finish) + "}");
	}

	private static void addDeltas(List<String> stream, int index, String field, @Nullable String text) {
		for (String piece : AnswerBodies.pieces((text != null) ? text : "")) {
			stream.add("{\"index\":" + index + ",\"delta\":{\"" + field + "\":" + quoted(piece)
					+ "},\"finish_reason\":null}");
		}
	}

	private String annotations() {
		return list("{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":" + this.random.nextInt(9)
				+ ",\"end_index\":12,\"title\":" + quoted(text()) + ",\"url\":\"https://example.org/?page=2\"}}");
	}

	Bodies anthropic() {
		List<String> blocks = new ArrayList<>();
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			blocks.add(block());
		}
		String content = "[" + String.join(",", blocks) + "]";
		String stop = chance(8) ? pick("max_tokens", "refusal", "pause_turn") : pick("end_turn", "stop_sequence");
		return new Bodies(AnswerBodies.anthropic(content, stop), AnswerBodies.anthropicStream(content, stop));
	}

	private String block() {
		return switch (this.random.nextInt(4)) {
			case 0 -> "{\"type\":\"thinking\",\"thinking\":" + quoted(text()) + ",\"signature\":\"c2lnbmF0dXJl"
					+ this.random.nextInt(1000) + "\"}";
			case 1 -> "{\"type\":\"redacted_thinking\",\"data\":\"ZGF0YQ==" + this.random.nextInt(1000) + "\"}";
			case 2 -> "{\"type\":\"text\",\"text\":" + quoted(text()) + "}";
			default -> "{\"type\":\"text\",\"text\":" + quoted(text()) + ",\"citations\":" + list(citation()) + "}";
		};
	}

	private String citation() {
		String cited = "\"cited_text\":" + quoted(text());
		String document = cited + ",\"document_index\":1,\"document_title\":" + (chance(2) ? "null" : quoted(text()))
				+ ",\"file_id\":null";
		return switch (this.random.nextInt(4)) {
			case 0 -> "{\"type\":\"char_location\"," + document + ",\"start_char_index\":1,\"end_char_index\":7}";
			case 1 -> "{\"type\":\"page_location\"," + document + ",\"start_page_number\":1,\"end_page_number\":3}";
			case 2 ->
				"{\"type\":\"content_block_location\"," + document + ",\"start_block_index\":0,\"end_block_index\":2}";
			default -> "{\"type\":\"web_search_result_location\"," + cited
					+ ",\"encrypted_index\":\"eA==\",\"title\":\"T\",\"url\":\"https://example.org/a\"}";
		};
	}

	private String list(String element) {
		return "[" + String.join(",", Collections.nCopies(1 + this.random.nextInt(2), element)) + "]";
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(40); i >= 0; i--) {
			text.append(WORDS[this.random.nextInt(WORDS.length)]).append(i > 0 ? " " : "");
		}
		return text.toString();
	}

	private boolean chance(int oneIn) {
		return this.random.nextInt(oneIn) == 0;
	}

	private String pick(String... values) {
		return values[this.random.nextInt(values.length)];
	}

	private static String quoted(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
	}

}
