package io.github.costwise.testsupport;

import org.springframework.ai.chat.model.ChatModel;

/**
 * How the clients of the Spring AI that tests run with differ from those of its other
 * versions.
 */
public final class SpringAi {

	private static final boolean FIRST = "2.0.0".equals(ChatModel.class.getPackage().getImplementationVersion());

	private SpringAi() {
	}

	/** Whether tests run with the version that the build uses. */
	static boolean isCurrent() {
		return !FIRST;
	}

	/** Whether streams of Anthropic hold the text of thoughts. */
	public static boolean showsThoughtsOfAnthropic() {
		return FIRST;
	}

	/** Whether deltas of OpenAI hold the thoughts of compatible servers. */
	public static boolean showsThoughtsOfOpenAi() {
		return !FIRST;
	}

	/**
	 * Whether the client of OpenAI closes the connection of a stream that is cancelled.
	 */
	public static boolean closesStreamsOfOpenAi() {
		return !FIRST;
	}

}
