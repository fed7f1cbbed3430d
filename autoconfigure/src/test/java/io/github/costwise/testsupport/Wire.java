package io.github.costwise.testsupport;

import java.util.List;

/** How one protocol looks on the wire. */
interface Wire {

	boolean serves(String path);

	/**
	 * Returns the body of an answer in one piece.
	 * @param request what was asked
	 * @param answer what to say
	 * @return the value to write as JSON
	 */
	Object body(LoopbackRequest request, Answer answer);

	/**
	 * Returns the chunks of a streamed answer.
	 * @param request what was asked
	 * @param answer what to say
	 * @return the chunks as they go over the wire
	 */
	List<String> chunks(LoopbackRequest request, Answer answer);

	/**
	 * Returns the body of an error.
	 * @param status the HTTP status
	 * @return the value to write as JSON
	 */
	Object error(int status);

	default String streamType() {
		return "text/event-stream";
	}

	default String model(LoopbackRequest request) {
		return request.body().path("model").asString("");
	}

	default boolean isStream(LoopbackRequest request) {
		return request.body().path("stream").asBoolean(false);
	}

}
