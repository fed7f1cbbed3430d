package io.github.costwise.spi;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.Attribution;

/**
 * Adds to what must be equal before an answer is shared: whatever the answer depends on
 * and the prompt does not show, such as the version of the documents that are searched,
 * the filters of that search, or the caller's rights. Called once a turn, on the thread
 * that runs the advisors. What it throws keeps the turn from the cache. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CachePartitionResolver {

	/**
	 * Name of the field without which turns with retrieval advisors stay out of the
	 * cache: the version of the documents and the filters that apply to this caller.
	 */
	String CORPUS = "corpus";

	/**
	 * Returns further fields of the partition.
	 * @param prompt what is asked, before any retrieval
	 * @param attribution what the turn is attributed to
	 * @return the fields, possibly none, or {@code null} to keep the turn from the cache
	 */
	@Nullable Map<String, String> resolve(Prompt prompt, Attribution attribution);

}
