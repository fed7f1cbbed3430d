package io.github.costwise.accounting.usage;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.spi.TokenCounter;

/**
 * How large a request is: found out when somebody asks, once for all who do. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PromptSize {

	private static final int CHARACTERS_OF_A_TOKEN = 4;

	private final Prompt prompt;

	private volatile @Nullable PartSizes parts;

	private volatile @Nullable Counted counted;

	/**
	 * Creates the size of a request; nothing is counted yet.
	 * @param prompt the request
	 */
	public PromptSize(Prompt prompt) {
		this.prompt = prompt;
	}

	/**
	 * Returns the request.
	 * @return the request
	 */
	public Prompt prompt() {
		return this.prompt;
	}

	/**
	 * Returns a bound that is found without counting: a character is hardly ever more
	 * than a token.
	 * @return tokens
	 */
	public long atMost() {
		return parts().characters + parts().tokens;
	}

	/**
	 * Guesses the tokens by the length of the texts.
	 * @return tokens
	 */
	public long guess() {
		return parts().characters / CHARACTERS_OF_A_TOKEN + parts().tokens;
	}

	/**
	 * Returns whether there are media.
	 * @return whether there are
	 */
	public boolean hasMedia() {
		return parts().media;
	}

	/**
	 * Returns whether tools are offered, or were called.
	 * @return whether there are any
	 */
	public boolean hasTools() {
		return parts().tools;
	}

	/**
	 * Counts the tokens.
	 * @param counter counts the texts
	 * @param model the model that would read them
	 * @return tokens, as last counted for that model
	 */
	public long tokens(TokenCounter counter, String model) {
		Counted known = this.counted;
		if (known == null || !known.model.equals(model)) {
			known = new Counted(model, RequestCount.of(this.prompt, counter, model));
			this.counted = known;
		}
		return known.tokens;
	}

	private PartSizes parts() {
		PartSizes known = this.parts;
		if (known == null) {
			known = new PartSizes();
			PromptWalk.of(this.prompt, known);
			this.parts = known;
		}
		return known;
	}

	private record Counted(String model, long tokens) {

	}

	private static final class PartSizes implements PromptWalk.PromptVisitor {

		private long characters;

		private long tokens;

		private boolean media;

		private boolean tools;

		@Override
		public void text(String text) {
			this.characters += text.length();
		}

		@Override
		public void tokens(int count) {
			this.tokens += count;
		}

		@Override
		public void medium() {
			this.media = true;
		}

		@Override
		public void tool() {
			this.tools = true;
		}

	}

}
