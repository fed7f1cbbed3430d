package io.github.costwise.sample.demo;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads tickets for the {@link CannedModel}, by keywords. */
final class TicketReader {

	private static final Pattern NAME = Pattern
		.compile("(?:[Mm]y name is|I am|Regards,|Thanks,|Yours,)\\s+(\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?)");

	private static final Pattern ORDER = Pattern.compile("\\b[A-Z]{2}-\\d{4}\\b");

	private static final Pattern URGENT = Pattern.compile("(?i)\\b(urgent|today|tomorrow|immediately|right away)\\b");

	private static final Pattern WISH = Pattern
		.compile("(?i)\\b(please|can you|could you|I need|I want|I would like)\\b");

	private static final List<Map.Entry<String, String>> TOPICS = List.of(Map.entry("flicker", "a flickering lamp"),
			Map.entry("broken|damage|scratch|crack", "a damaged article"), Map.entry("invoice|tax", "an invoice"),
			Map.entry("refund|money back", "a refund"), Map.entry("late|not arrived|tracking", "a late parcel"),
			Map.entry("return|send back", "a return"), Map.entry("password|sign in", "the customer account"));

	private TicketReader() {
	}

	static String facts(String prompt) {
		String ticket = prompt.substring(0, endOfTicket(prompt));
		var facts = JsonMapper.shared().createObjectNode();
		facts.put("customer", first(NAME, ticket, 1));
		facts.put("order", first(ORDER, ticket, 0));
		facts.put("topic", topic(ticket).getValue());
		facts.put("urgent", URGENT.matcher(ticket).find());
		return facts.toPrettyString();
	}

	static String summary(String ticket) {
		String name = first(NAME, ticket, 1);
		Map.Entry<String, String> topic = topic(ticket);
		List<String> sentences = List.of(ticket.strip().split("(?<=[.!?])\\s+"));
		String said = sentenceWith(Pattern.compile("(?i)" + topic.getKey()), sentences);
		String wish = sentenceWith(WISH, sentences);
		String summary = "%s writes about %s: \"%s\"".formatted((name != null) ? name : "The customer",
				topic.getValue(), said);
		return wish.equals(said) ? summary : summary + " The wish: \"" + wish + "\"";
	}

	private static int endOfTicket(String prompt) {
		int format = prompt.indexOf("Your response should be in JSON");
		return (format >= 0) ? format : prompt.length();
	}

	private static Map.Entry<String, String> topic(String ticket) {
		return TOPICS.stream()
			.filter((topic) -> Pattern.compile("(?i)\\b(?:" + topic.getKey() + ")").matcher(ticket).find())
			.findFirst()
			.orElse(Map.entry(".", "a question"));
	}

	private static String sentenceWith(Pattern pattern, List<String> sentences) {
		return sentences.stream()
			.filter((sentence) -> pattern.matcher(sentence).find())
			.findFirst()
			.orElse(sentences.get(0));
	}

	private static @Nullable String first(Pattern pattern, String text, int group) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? matcher.group(group) : null;
	}

}
