package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.usage.PromptSize;

/**
 * A call that a model is to be chosen for.
 *
 * @param size what will be sent, and how large it is
 * @param form how the answer is to come
 * @param conversation id of the conversation, or {@code null} outside any
 * @param wish what the application asks for
 * @since 0.1.0
 */
public record RoutingInput(PromptSize size, Form form, @Nullable String conversation, RequestedModel wish) {

	/**
	 * Returns what will be sent.
	 * @return the prompt
	 */
	public Prompt prompt() {
		return this.size.prompt();
	}

	/**
	 * How an answer is to come.
	 *
	 * @param streamed whether in pieces
	 * @param structured whether in a JSON schema that the provider enforces
	 */
	public record Form(boolean streamed, boolean structured) {

	}

	/**
	 * What the application asks for.
	 *
	 * @param target name of the target that it asks for, or {@code null}
	 * @param own name of the target that is the client's own model, or {@code null} when
	 * none is
	 * @param chosen whether the options name another model than the chat model would use
	 */
	public record RequestedModel(@Nullable String target, @Nullable String own, boolean chosen) {

		/** Nothing. */
		public static final RequestedModel NONE = new RequestedModel(null, null, false);

	}

}
