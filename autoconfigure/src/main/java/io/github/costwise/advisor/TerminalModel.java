package io.github.costwise.advisor;

import java.lang.invoke.MethodHandle;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.advisor.ChatModelCallAdvisor;
import org.springframework.ai.chat.client.advisor.ChatModelStreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.model.ChatModel;

/**
 * Finds the chat model that a chain of advisors ends with. Spring AI's advisors keep it
 * to themselves; this is the one place that reads it. Immutable.
 *
 * @param model the model
 * @param streamed whether it is asked for a stream
 */
record TerminalModel(ChatModel model, boolean streamed) {

	/**
	 * Finds the model.
	 * @param advisors the advisors of a chain
	 * @return the model, or {@code null} when the chain does not end with one of Spring
	 * AI's advisors
	 * @throws IllegalStateException if that advisor cannot be read
	 */
	static @Nullable TerminalModel of(List<? extends Advisor> advisors) {
		for (int i = advisors.size() - 1; i >= 0; i--) {
			Advisor advisor = advisors.get(i);
			if (advisor instanceof ChatModelCallAdvisor) {
				return new TerminalModel(Readers.read(Readers.CALL, advisor), false);
			}
			if (advisor instanceof ChatModelStreamAdvisor) {
				return new TerminalModel(Readers.read(Readers.STREAM, advisor), true);
			}
		}
		return null;
	}

	/** Found out once; a failure is thrown at each use. */
	private static final class Readers {

		private static final Object CALL = find(ChatModelCallAdvisor.class);

		private static final Object STREAM = find(ChatModelStreamAdvisor.class);

		private static Object find(Class<?> advisor) {
			try {
				return TypedFields.getter(advisor, ChatModel.class);
			}
			catch (RuntimeException ex) {
				return ex;
			}
		}

		private static ChatModel read(Object reader, Advisor advisor) {
			if (!(reader instanceof MethodHandle handle)) {
				throw new IllegalStateException("The chat model of an advisor cannot be read",
						(RuntimeException) reader);
			}
			try {
				return (ChatModel) (Object) handle.invokeExact((Object) advisor);
			}
			catch (Error | RuntimeException ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
