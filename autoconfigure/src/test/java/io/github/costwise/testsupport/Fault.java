package io.github.costwise.testsupport;

/**
 * What goes wrong with an answer, and where. Immutable.
 *
 * @param kind what the server does
 * @param point where in the answer it does so
 * @param chunk after how many chunks, for {@link Point#AFTER_CHUNK}, or in which one, for
 * {@link Point#MID_CHUNK}; otherwise unused
 * @since 0.1.0
 */
public record Fault(Kind kind, Point point, int chunk) {

	/** Nothing goes wrong. */
	public static final Fault NONE = new Fault(Kind.NONE, Point.BEFORE_HEADERS, 0);

	/**
	 * Returns a reset of the connection.
	 * @param point where
	 * @return the fault
	 */
	public static Fault reset(Point point) {
		return new Fault(Kind.RESET, point, 1);
	}

	/**
	 * Returns an orderly close of the connection in the middle of a stream: unlike a
	 * reset, it lets the client read every chunk sent before it.
	 * @param chunk after how many chunks
	 * @return the fault
	 */
	public static Fault cutAfter(int chunk) {
		return new Fault(Kind.CUT, Point.AFTER_CHUNK, chunk);
	}

	/**
	 * Returns a reset of the connection in the middle of a stream.
	 * @param chunk after how many chunks
	 * @return the fault
	 */
	public static Fault resetAfter(int chunk) {
		return new Fault(Kind.RESET, Point.AFTER_CHUNK, chunk);
	}

	/**
	 * Returns silence: nothing more is sent until the client or the server is closed.
	 * @param point where
	 * @return the fault
	 */
	public static Fault stall(Point point) {
		return new Fault(Kind.STALL, point, 1);
	}

	/**
	 * Returns silence in the middle of a stream.
	 * @param chunk after how many chunks
	 * @return the fault
	 */
	public static Fault stallAfter(int chunk) {
		return new Fault(Kind.STALL, Point.AFTER_CHUNK, chunk);
	}

	boolean isAt(Point here) {
		return this.kind != Kind.NONE && this.point == here;
	}

	boolean isAfter(int chunks) {
		return isAt(Point.AFTER_CHUNK) && this.chunk == chunks;
	}

	boolean isWithin(int chunkNumber) {
		return isAt(Point.MID_CHUNK) && this.chunk == chunkNumber;
	}

	/** What the server does. */
	public enum Kind {

		/** It answers as it should. */
		NONE,

		/** It resets the connection. */
		RESET,

		/** It closes the connection in order, but too early. */
		CUT,

		/** It sends nothing more and keeps the connection open. */
		STALL

	}

	/** Where in the answer. */
	public enum Point {

		/** Before the status line. */
		BEFORE_HEADERS,

		/** Within the headers. */
		MID_HEADERS,

		/** After the headers, before the body. */
		BEFORE_BODY,

		/** Within a chunk of the body, of which half is sent. */
		MID_CHUNK,

		/** After a number of chunks of the body. */
		AFTER_CHUNK

	}

}
