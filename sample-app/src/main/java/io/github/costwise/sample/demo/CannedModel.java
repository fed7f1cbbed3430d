package io.github.costwise.sample.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for a language model. It has no knowledge of its own: it answers with the
 * sentences of the system text that share most words with the question.
 */
final class CannedModel {

	private static final Pattern ORDER = Pattern.compile("\\b[A-Z]{2}-\\d{4}\\b");

	private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");

	private static final Set<String> COMMON = Set.of("about", "after", "been", "could", "does", "from", "have", "into",
			"long", "much", "my", "need", "please", "that", "their", "there", "this", "want", "what", "when", "which",
			"will", "with", "would", "your");

	private static final int STEM = 5;

	private static final JsonMapper JSON = JsonMapper.shared();

	DemoReply reply(DemoRequest request) {
		String text = request.last().text();
		if (request.last().role().equals("tool")) {
			return DemoReply.text(readToolResult(text));
		}
		Matcher order = ORDER.matcher(text);
		if (!request.tools().isEmpty() && order.find()) {
			DemoRequest.Tool tool = request.tools().get(0);
			String arguments = JSON.createObjectNode().put(tool.firstArgument(), order.group()).toString();
			return new DemoReply(arguments, tool.name());
		}
		if (text.contains("JSON Schema")) {
			return DemoReply.text(TicketReader.facts(text));
		}
		boolean summary = request.system().toLowerCase(Locale.ROOT).startsWith("summar");
		return DemoReply.text(summary ? TicketReader.summary(text) : answer(request.system(), text));
	}

	private static String readToolResult(String result) {
		JsonNode order = JSON.readTree(result);
		if (order.path("state").asString("unknown").equals("unknown")) {
			return "I cannot find that order. Please check the number in your confirmation.";
		}
		return "Order %s, %s, is %s. Delivery: %s.".formatted(order.path("number").asString(),
				order.path("article").asString(), order.path("state").asString(), order.path("delivery").asString());
	}

	private static String answer(String handbook, String question) {
		Set<String> asked = stems(question);
		String section = best(Arrays.asList(handbook.split("\n## ")), asked);
		List<String> sentences = List.of(section.substring(section.indexOf('\n') + 1).strip().split("(?<=[.!?])\\s+"));
		if (overlap(section, asked) == 0 || !handbook.contains("\n## ")) {
			return "I find nothing about that in the handbook. Shall I pass your question on to a colleague?";
		}
		String first = best(sentences, asked);
		int at = sentences.indexOf(first);
		return String.join(" ", sentences.subList(at, Math.min(at + 3, sentences.size())));
	}

	private static String best(List<String> texts, Set<String> asked) {
		return texts.stream().max(Comparator.comparingLong((text) -> overlap(text, asked))).orElseThrow();
	}

	private static long overlap(String text, Set<String> asked) {
		String title = text.lines().findFirst().orElse("");
		return stems(text).stream().filter(asked::contains).count()
				+ 2 * stems(title).stream().filter(asked::contains).count();
	}

	private static Set<String> stems(String text) {
		return WORD.matcher(text.toLowerCase(Locale.ROOT))
			.results()
			.map((word) -> word.group())
			.filter((word) -> !COMMON.contains(word))
			.map((word) -> word.substring(0, Math.min(STEM, word.length())))
			.collect(Collectors.toSet());
	}

}
