package io.github.costwise.cache.partition;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.cache.partition.DigestedValues.UnreadableException;

/**
 * Tells options from others by everything in them that can change an answer.
 *
 * @since 0.1.0
 */
public final class OptionsDigest {

	private OptionsDigest() {
	}

	/**
	 * Returns the digest of options.
	 * @param options the options
	 * @return 64 hexadecimal digits, or {@code null} when they cannot be distinguished
	 * from others
	 */
	public static @Nullable String of(ChatOptions options) {
		try {
			FieldDigest digest = new FieldDigest();
			Partitions.options(options, digest);
			return digest.toHex();
		}
		catch (UnreadableException | StackOverflowError ex) {
			return null;
		}
	}

}
