package io.github.costwise.accounting.wire;

/** Receives what a {@link JsonSkim} finds. */
interface Skimmed {

	/**
	 * Takes an object named {@code usage}.
	 * @param json its JSON, valid during the call only
	 * @param place where it stands
	 */
	void usage(KeptBytes json, UsagePlace place);

	/**
	 * Takes a text that stands beside a usage.
	 * @param name its name
	 * @param text its bytes as they are escaped in JSON, valid during the call only
	 */
	void text(String name, KeptBytes text);

	/** Records that a usage was too long to be kept. */
	void tooLong();

	/** Where a usage stands in its document. */
	enum UsagePlace {

		/**
		 * At the top, or in a response that is wrapped: the usage of the whole answer.
		 */
		ANSWER,

		/** In the message that begins a stream: what is known before the answer. */
		START,

		/** In a choice or in what a provider adds: of use where there is no other. */
		ASIDE

	}

}
