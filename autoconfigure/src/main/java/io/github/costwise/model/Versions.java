package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.ShortText;

/**
 * What was in force for a turn or a call: the policy by its name, the prompt and the
 * routing configuration by their versions. Immutable and thread-safe.
 *
 * @param policy name of the policy that applied
 * @param prompt version of the prompt, or {@code null}
 * @param routing version of the routing configuration, or {@code null}
 * @since 0.1.0
 */
public record Versions(String policy, @Nullable String prompt, @Nullable String routing) {

	public Versions {
		policy = ShortText.ofName(policy);
		prompt = ShortText.ofNullable(prompt);
		routing = ShortText.ofNullable(routing);
	}

}
