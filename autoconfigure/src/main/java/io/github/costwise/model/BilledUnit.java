package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

/**
 * A kind of thing a provider bills. The kinds are disjoint: a token that was read from
 * the provider's prompt cache is a {@link #CACHE_READ} and not also an {@link #INPUT}.
 *
 * @since 0.1.0
 */
public enum BilledUnit {

	/** An input token processed at the full rate. */
	INPUT(UnitKind.INPUT, null),

	/** An input token of audio. */
	INPUT_AUDIO(UnitKind.INPUT, INPUT),

	/** An input token of an image. */
	INPUT_IMAGE(UnitKind.INPUT, INPUT),

	/** An input token of a video. */
	INPUT_VIDEO(UnitKind.INPUT, INPUT),

	/** An input token served from the provider's prompt cache. */
	CACHE_READ(UnitKind.CACHE_READ, INPUT),

	/** An audio input token served from the provider's prompt cache. */
	CACHE_READ_AUDIO(UnitKind.CACHE_READ, CACHE_READ),

	/** An image input token served from the provider's prompt cache. */
	CACHE_READ_IMAGE(UnitKind.CACHE_READ, CACHE_READ),

	/** A video input token served from the provider's prompt cache. */
	CACHE_READ_VIDEO(UnitKind.CACHE_READ, CACHE_READ),

	/** An input token written to the provider's prompt cache for five minutes. */
	CACHE_WRITE_5M(UnitKind.CACHE_WRITE, INPUT),

	/** An input token written to the provider's prompt cache for one hour. */
	CACHE_WRITE_1H(UnitKind.CACHE_WRITE, CACHE_WRITE_5M),

	/** An output token of the visible answer. */
	OUTPUT(UnitKind.OUTPUT, null),

	/** An output token of reasoning that the answer does not show. */
	OUTPUT_REASONING(UnitKind.OUTPUT, OUTPUT),

	/** An output token of audio. */
	OUTPUT_AUDIO(UnitKind.OUTPUT, OUTPUT),

	/** An output token of an image. */
	OUTPUT_IMAGE(UnitKind.OUTPUT, OUTPUT),

	/** A web search made by the provider. Not a token. */
	WEB_SEARCH(UnitKind.OTHER, null);

	private final UnitKind kind;

	private final @Nullable BilledUnit pricedAs;

	BilledUnit(UnitKind kind, @Nullable BilledUnit pricedAs) {
		this.kind = kind;
		this.pricedAs = pricedAs;
	}

	/**
	 * Returns the share of a bill that this unit belongs to.
	 * @return the kind
	 */
	public UnitKind kind() {
		return this.kind;
	}

	/**
	 * Returns whether this unit is a token.
	 * @return whether this is a token
	 */
	public boolean isToken() {
		return this.kind != UnitKind.OTHER;
	}

	/**
	 * Returns the unit whose rate applies when a price row has none for this one.
	 * @return the unit to price this one as, or {@code null} when it has no substitute
	 */
	public @Nullable BilledUnit pricedAs() {
		return this.pricedAs;
	}

	/** The share of a bill that a unit belongs to. */
	public enum UnitKind {

		/** Prompt tokens at the full rate. */
		INPUT,

		/** Prompt tokens read from a provider's cache. */
		CACHE_READ,

		/** Prompt tokens written to a provider's cache. */
		CACHE_WRITE,

		/** Generated tokens, reasoning included. */
		OUTPUT,

		/** Anything that is not a token. */
		OTHER

	}

}
