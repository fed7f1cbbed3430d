package io.github.costwise.model;

import java.util.Map;

/**
 * What a client said of a whole response or chunk, without usage and limits of rate,
 * which are about that one call. Immutable.
 *
 * @param id id of the response, or an empty text
 * @param model the model that answered, or an empty text
 * @param fields further fields by name
 * @since 0.1.0
 */
public record RecordedHead(String id, String model, Map<String, Object> fields) {

	/** Says nothing. */
	public static final RecordedHead NONE = new RecordedHead("", "", Map.of());

	/** Copies the fields. */
	public RecordedHead {
		fields = Map.copyOf(fields);
	}

}
