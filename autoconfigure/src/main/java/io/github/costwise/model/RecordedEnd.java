package io.github.costwise.model;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a client said of one generation beside its message. Immutable.
 *
 * @param finishReason why it ended, or {@code null}
 * @param fields further fields by name
 * @since 0.1.0
 */
public record RecordedEnd(@Nullable String finishReason, Map<String, Object> fields) {

	/** Copies the fields. */
	public RecordedEnd {
		fields = Map.copyOf(fields);
	}

}
