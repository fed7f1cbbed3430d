package io.github.costwise.pipeline;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.RouteTarget;

/**
 * What one attempt sends, and where. Immutable.
 *
 * @param target who is asked, or {@code null} for the client's own model
 * @param size the prompt, in the form that the target understands, and how large it is
 * @param context what goes with the request
 * @param address the base URL that it goes to, or {@code null} when the client does not
 * tell
 * @param streamed whether the answer is streamed
 * @param appended a text that is sent with the prompt but is not a part of it yet, such
 * as an output format; empty for none
 * @param purpose why the call is made, or {@code null} to find that out from the prompt
 * @since 0.1.0
 */
public record CallPlan(@Nullable RouteTarget target, PromptSize size, Map<String, @Nullable Object> context,
		@Nullable String address, boolean streamed, String appended, @Nullable Purpose purpose) {

	/**
	 * Returns what is sent.
	 * @return the prompt
	 */
	public Prompt prompt() {
		return this.size.prompt();
	}

}
