package io.github.costwise.cache.partition;

import java.util.Map;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.text.TextPattern;

/**
 * A turn as the response cache sees it. Immutable by convention: nobody changes the
 * prompt.
 *
 * @param prompt what is asked, before the advisors further in
 * @param output what the answer must look like, which Spring AI keeps beside the prompt
 * until it is sent, by name
 * @param owner owner of the turn
 * @param path what stands between the cache and the model
 * @param turn unique id of the turn
 * @param nested whether it runs inside another turn, for which it must not wait
 * @param mode whether a whole answer or a stream is asked for
 * @since 0.1.0
 */
public record CacheRequest(Prompt prompt, Map<String, String> output, TurnOwner owner, AdvisorPath path, String turn,
		boolean nested, AnswerMode mode) {

	private static final TextPattern JSON = TextPattern.ofAnyCase("json");

	/**
	 * Creates a request for a whole answer.
	 * @param prompt what is asked
	 * @param output what the answer must look like
	 * @param owner owner of the turn
	 * @param path what stands between the cache and the model
	 * @param turn unique id of the turn
	 * @param nested whether it runs inside another turn
	 */
	public CacheRequest(Prompt prompt, Map<String, String> output, TurnOwner owner, AdvisorPath path, String turn,
			boolean nested) {
		this(prompt, output, owner, path, turn, nested, AnswerMode.CALL);
	}

	/**
	 * Returns the same request of another turn.
	 * @param other id of that turn
	 * @return the request
	 */
	public CacheRequest again(String other) {
		return new CacheRequest(this.prompt, this.output, this.owner, this.path, other, this.nested, this.mode);
	}

	/**
	 * Returns whether the answer must be JSON.
	 * @return whether the output is described so
	 */
	public boolean wantsJson() {
		return this.output.values().stream().anyMatch(JSON::isIn);
	}

	/**
	 * What a hit would skip. Immutable.
	 *
	 * @param foreign whether there are advisors that may not be skipped
	 * @param retrieval whether there are advisors that add documents
	 * @since 0.1.0
	 */
	public record AdvisorPath(boolean foreign, boolean retrieval) {

		/** Nothing but the model. */
		public static final AdvisorPath CLEAR = new AdvisorPath(false, false);

	}

}
