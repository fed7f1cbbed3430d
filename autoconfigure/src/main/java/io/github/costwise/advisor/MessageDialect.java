package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.text.TextPattern;

/**
 * What a provider's client or server takes in the messages of a conversation, told by the
 * class of its options.
 */
enum MessageDialect {

	// @formatter:off
	OPENAI(   "openai",    "[a-zA-Z0-9_-]{1,40}", false),
	ANTHROPIC("anthropic", "[a-zA-Z0-9_-]{1,64}", true),
	/** Sends no ids. */
	GOOGLE(   "google",    null,                  false),
	/** Takes any id, and none. */
	OLLAMA(   "ollama",    null,                  false),
	MISTRAL(  "mistralai", "[a-zA-Z0-9]{9}",      true),
	/** Bedrock, DeepSeek and clients of others: what all of them take. */
	OTHER(    "",          "[a-zA-Z0-9_-]{1,40}", true);
	// @formatter:on

	private static final String CLIENTS = "org.springframework.ai.";

	private final String prefix;

	private final @Nullable TextPattern ids;

	private final boolean unique;

	MessageDialect(String name, @Nullable String ids, boolean unique) {
		this.prefix = CLIENTS + name + ".";
		this.ids = (ids != null) ? TextPattern.of(ids) : null;
		this.unique = unique;
	}

	static MessageDialect of(ChatOptions options) {
		String type = options.getClass().getName();
		for (MessageDialect dialect : values()) {
			if (type.startsWith(dialect.prefix)) {
				return dialect;
			}
		}
		return OTHER;
	}

	/**
	 * How ids of tool calls have to be: what the model and its server want goes before
	 * what the client sends, where that sends any.
	 */
	MessageDialect ofIds(ModelRules rules, ModelFamily family) {
		if (this != OPENAI && this != OTHER) {
			return this;
		}
		if (rules.ids() == ModelRules.IdForm.MISTRAL) {
			return MISTRAL;
		}
		boolean known = family == ModelFamily.OPENAI || family == ModelFamily.OPENAI_REASONING;
		return known ? this : OTHER;
	}

	/** Whether a message without any content is refused, by the client or the model. */
	boolean refusesEmpty(ModelRules rules) {
		return refusesEmpty() || (this == OPENAI && rules.ids() == ModelRules.IdForm.UNIQUE_NOT_EMPTY);
	}

	/** Whether the id of a tool call would be taken, apart from being unique. */
	boolean takesId(@Nullable String id) {
		return this.ids == null || (id != null && this.ids.matches(id));
	}

	/** Whether two tool calls of a conversation may not have the same id. */
	boolean wantsUniqueIds() {
		return this.unique;
	}

	/** Whether a message without any content is refused. */
	boolean refusesEmpty() {
		return this == ANTHROPIC || this == GOOGLE;
	}

	/** Whether there may be one system message only. */
	boolean wantsOneSystemMessage() {
		return this == GOOGLE;
	}

	/** Whether the result of a tool has to be JSON. */
	boolean wantsJsonResults() {
		return this == GOOGLE;
	}

	/** Whether media given as a text may be a data URL. */
	boolean takesDataUrls() {
		return this == OPENAI;
	}

	/** Whether media given as a text may be in base64. */
	boolean takesBase64() {
		return this == ANTHROPIC || this == OLLAMA;
	}

	/** Whether the class of a message belongs to the client of another provider. */
	boolean isForeign(Message message, Class<?> plain) {
		String type = message.getClass().getName();
		return message.getClass() != plain && type.startsWith(CLIENTS) && !type.startsWith(CLIENTS + "chat.")
				&& (this == OTHER || !type.startsWith(this.prefix));
	}

}
