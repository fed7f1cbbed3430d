package io.github.costwise.advisor;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * Which values about sampling a family of models takes, told by the name of the model,
 * whichever protocol it is reached by. A value outside is answered with status 400, so it
 * is left out. This is the one table of such rules; its sources are the providers' API
 * references and migration guides as of 2026.
 *
 * @since 0.1.0
 */
public enum ModelFamily {

	// @formatter:off
	/** GPT-5 and the o-series: sample by themselves; {@code stop} is refused as well. */
	OPENAI_REASONING(0, TopP.NO,    false, false, 0),
	/** Other models of OpenAI. */
	OPENAI(          2, TopP.YES,   false, true,  4),
	/** Claude up to Opus 4. */
	CLAUDE(          1, TopP.YES,   true,  false, Integer.MAX_VALUE),
	/** Claude from Opus 4.1: temperature or top-p, not both. */
	CLAUDE_4_1(      1, TopP.ALONE, true,  false, Integer.MAX_VALUE),
	/** Claude from Opus 4.7: no sampling parameter at all. */
	CLAUDE_4_7(      0, TopP.NO,    false, false, Integer.MAX_VALUE),
	/** Gemini: penalties went with 2.5. */
	GEMINI(          2, TopP.YES,   true,  false, 5),
	/** Models of which nothing is known take everything that their client can send. */
	OTHER(           2, TopP.YES,   true,  true,  Integer.MAX_VALUE);
	// @formatter:on

	private static final TextPattern REASONING = TextPattern
		.of("(?:^|[/.:])(?:o\\d|gpt-(?:[5-9]|\\d\\d))(?!\\d)(?!.*-chat)");

	private static final TextPattern GPT = TextPattern.of("(?:^|[/.:])(?:chatgpt|gpt-(?!oss))");

	private static final TextPattern CLAUDE_VERSION = TextPattern
		.of("claude-(?:[a-z]+-)?(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)");

	private final double maxTemperature;

	private final TopP topP;

	private final boolean topK;

	private final boolean penalties;

	private final int stops;

	ModelFamily(double maxTemperature, TopP topP, boolean topK, boolean penalties, int stops) {
		this.maxTemperature = maxTemperature;
		this.topP = topP;
		this.topK = topK;
		this.penalties = penalties;
		this.stops = stops;
	}

	/**
	 * Returns the family of a model.
	 * @param model the name of the model, with or without its provider before it
	 * @return the family, {@link #OTHER} when the name tells nothing
	 */
	public static ModelFamily of(@Nullable String model) {
		String name = (model != null) ? model.toLowerCase(Locale.ROOT) : "";
		if (name.contains("claude")) {
			return claude(name);
		}
		if (name.contains("gemini")) {
			return GEMINI;
		}
		if (REASONING.isIn(name)) {
			return OPENAI_REASONING;
		}
		return GPT.isIn(name) ? OPENAI : OTHER;
	}

	private static ModelFamily claude(String name) {
		TextMatch version = CLAUDE_VERSION.next(name, 0);
		if (version == null) {
			return CLAUDE_4_7;
		}
		String second = version.group(2);
		int minor = (second != null) ? Integer.parseInt(second) : 0;
		int number = 100 * Integer.parseInt(version.get(1)) + minor;
		if (number > 400) {
			return (number >= 407) ? CLAUDE_4_7 : CLAUDE_4_1;
		}
		return CLAUDE;
	}

	/**
	 * Takes out of options what the family refuses.
	 * @param options the options as they are
	 * @param builder a builder that was made from them
	 */
	public void leaveOut(ChatOptions options, ChatOptions.Builder<?> builder) {
		boolean hot = options.getTemperature() != null && !takesTemperature(options.getTemperature());
		if (hot) {
			builder.temperature(null);
		}
		boolean sampled = options.getTemperature() != null && !hot;
		if (options.getTopP() != null && (this.topP == TopP.NO || (this.topP == TopP.ALONE && sampled))) {
			builder.topP(null);
		}
		if (options.getTopK() != null && !this.topK) {
			builder.topK(null);
		}
		leaveOutPenalties(options, builder);
		if (options.getStopSequences() != null && options.getStopSequences().size() > this.stops) {
			builder.stopSequences((this.stops > 0) ? options.getStopSequences().subList(0, this.stops) : null);
		}
	}

	private void leaveOutPenalties(ChatOptions options, ChatOptions.Builder<?> builder) {
		if (!this.penalties && options.getFrequencyPenalty() != null) {
			builder.frequencyPenalty(null);
		}
		if (!this.penalties && options.getPresencePenalty() != null) {
			builder.presencePenalty(null);
		}
	}

	private boolean takesTemperature(double temperature) {
		return this.maxTemperature > 0 && temperature <= this.maxTemperature;
	}

	private enum TopP {

		NO, ALONE, YES

	}

}
