package io.github.costwise.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.ShortText;

/**
 * What costs are grouped by, or narrowed to. Immutable.
 *
 * @param kind what it is
 * @param tag the name of the tag, where the kind is {@link DimensionKind#TAG}, else
 * {@code null}
 * @since 0.1.0
 */
public record CostDimension(DimensionKind kind, @Nullable String tag) {

	/** The feature. */
	public static final CostDimension FEATURE = of(DimensionKind.FEATURE);

	/** The tenant. */
	public static final CostDimension TENANT = of(DimensionKind.TENANT);

	/** The user. */
	public static final CostDimension USER = of(DimensionKind.USER);

	/** The billing provider. */
	public static final CostDimension PROVIDER = of(DimensionKind.PROVIDER);

	/** The model that answered. */
	public static final CostDimension MODEL = of(DimensionKind.MODEL);

	/** The policy that applied. */
	public static final CostDimension POLICY = of(DimensionKind.POLICY);

	/** Why the call was made: the name of a {@link CallRecord.Purpose}. */
	public static final CostDimension PURPOSE = of(DimensionKind.PURPOSE);

	/** The hour in which it began, such as {@code 2026-11-01T08:00Z}. */
	public static final CostDimension HOUR = of(DimensionKind.HOUR);

	/** The day on which it began, such as {@code 2026-11-01}. */
	public static final CostDimension DAY = of(DimensionKind.DAY);

	private static final String TAG_PREFIX = "tag:";

	public CostDimension {
		if ((kind == DimensionKind.TAG) != (tag != null)) {
			throw new IllegalArgumentException("A tag has a name, and nothing else has");
		}
		tag = ShortText.ofNullable(tag);
	}

	/**
	 * Returns the dimension of a kind.
	 * @param kind any kind but {@link DimensionKind#TAG}
	 * @return the dimension
	 */
	public static CostDimension of(DimensionKind kind) {
		return new CostDimension(kind, null);
	}

	/**
	 * Returns the dimension of a tag.
	 * @param name the name of the tag, compared as it is
	 * @return the dimension
	 */
	public static CostDimension tag(String name) {
		return new CostDimension(DimensionKind.TAG, Objects.requireNonNull(name));
	}

	/**
	 * Reads a name as {@link #toString()} writes it.
	 * @param name such as {@code tenant} or {@code tag:team}; letter case counts for the
	 * name of a tag only
	 * @return the dimension, or {@code null} when there is none of that name
	 */
	public static @Nullable CostDimension find(String name) {
		if (name.regionMatches(true, 0, TAG_PREFIX, 0, TAG_PREFIX.length())) {
			String tag = name.substring(TAG_PREFIX.length());
			return tag.isEmpty() ? null : tag(tag);
		}
		return Arrays.stream(DimensionKind.values())
			.filter((kind) -> kind != DimensionKind.TAG && kind.name().equalsIgnoreCase(name))
			.findFirst()
			.map(CostDimension::of)
			.orElse(null);
	}

	/**
	 * Returns the names of all dimensions.
	 * @return the names, {@code tag:<name>} for any tag
	 */
	public static List<String> names() {
		return Arrays.stream(DimensionKind.values())
			.map((kind) -> (kind == DimensionKind.TAG) ? "tag:<name>" : lower(kind))
			.toList();
	}

	/**
	 * Returns whether only calls have it, so that turns cannot be counted by it.
	 * @return whether a turn may have several values
	 */
	public boolean isOfCalls() {
		return this.kind == DimensionKind.PROVIDER || this.kind == DimensionKind.MODEL
				|| this.kind == DimensionKind.PURPOSE;
	}

	/**
	 * Returns whether it is a part of time.
	 * @return whether it is an hour or a day
	 */
	public boolean isTime() {
		return this.kind == DimensionKind.HOUR || this.kind == DimensionKind.DAY;
	}

	@Override
	public String toString() {
		return (this.kind == DimensionKind.TAG) ? TAG_PREFIX + this.tag : lower(this.kind);
	}

	private static String lower(DimensionKind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	/** The kinds of dimensions. */
	public enum DimensionKind {

		/** The feature. */
		FEATURE,

		/** The tenant. */
		TENANT,

		/** The user. */
		USER,

		/** One of the tags. */
		TAG,

		/** The billing provider. */
		PROVIDER,

		/** The model that answered. */
		MODEL,

		/** The policy that applied. */
		POLICY,

		/** Why the call was made. */
		PURPOSE,

		/** The hour in which it began. */
		HOUR,

		/** The day on which it began. */
		DAY

	}

}
