package io.github.costwise.accounting.usage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.UsageNormalizer;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

/**
 * Normalises the usage of any call: by the user's normaliser that supports it, else by
 * the one for the shape of its native usage, else by Spring AI's common counts. The
 * native usage may be an object of a provider's client or the provider's own JSON as a
 * map. Thread-safe.
 * <p>
 * A usage that was not reported gives the source
 * {@link io.github.costwise.model.CallRecord.UsageSource#NONE NONE}, so that it can be
 * estimated: there is no native usage (or an empty map) and every count is zero. Zeros
 * that stand in a native usage were reported and stay zero, with one exception: in a
 * stream, three bare zeros of OpenAI's client are what Spring AI puts into chunks without
 * usage.
 *
 * @since 0.1.0
 */
public final class UsageNormalizers {

	private final List<UsageNormalizer> custom;

	private final Map<Shape, UsageNormalizer> known = new EnumMap<>(Shape.class);

	private final UsageNormalizer common = new CommonNormalizer();

	private final AnthropicNormalizer anthropic = new AnthropicNormalizer();

	private final Faults faults;

	/**
	 * Creates the normalisers.
	 * @param custom normalisers that come before the known ones, in order
	 * @param faults told about normalisers that throw
	 */
	public UsageNormalizers(List<UsageNormalizer> custom, Faults faults) {
		this.custom = List.copyOf(custom);
		this.faults = faults;
		this.known.put(Shape.OPENAI, new OpenAiNormalizer());
		this.known.put(Shape.ANTHROPIC, this.anthropic);
		this.known.put(Shape.GOOGLE, new GoogleNormalizer());
		this.known.put(Shape.OLLAMA, new OllamaNormalizer());
		this.known.put(Shape.COHERE, new CohereNormalizer());
		this.known.put(Shape.COMMON, this.common);
	}

	/**
	 * Returns which usage of one answer to normalise. A normaliser of the application
	 * that knows what the client reports gets that.
	 * @param client what the client reports, or {@code null}
	 * @param wire what was read of the body as it passed, or {@code null}
	 * @param context what else is known of the call
	 * @return the better of both, or {@code null} for neither
	 */
	public @Nullable Usage better(@Nullable Usage client, @Nullable WireReading wire, UsageContext context) {
		return (client != null && isCustom(client, context)) ? client : UsageChoice.of(client, wire);
	}

	/**
	 * Returns the rounds of an answer that are priced one by one. Does not throw.
	 * @param usage the usage of one call, never a sum, or {@code null} for none
	 * @param context what else is known of the call
	 * @return the rounds, {@link UsageRounds#NONE} where a usage lists none, or a
	 * normaliser of the application reads it
	 */
	public UsageRounds rounds(@Nullable Usage usage, UsageContext context) {
		if (usage == null) {
			return UsageRounds.NONE;
		}
		try {
			boolean known = Shape.of(usage, context) == Shape.ANTHROPIC && !isCustom(usage, context);
			return known ? this.anthropic.rounds(usage, context) : UsageRounds.NONE;
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return UsageRounds.NONE;
		}
	}

	private boolean isCustom(Usage usage, UsageContext context) {
		try {
			return custom(usage, context) != null;
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return false;
		}
	}

	/**
	 * Normalises the usage of one call. Does not throw: a normaliser that does is
	 * reported and the common counts are used.
	 * @param usage the usage of one call, never a sum, or {@code null} for none
	 * @param context what else is known of the call
	 * @return the usage in disjoint buckets, with the source {@code NONE} when none was
	 * reported
	 */
	public NormalizedUsage normalize(@Nullable Usage usage, UsageContext context) {
		if (usage == null) {
			return Buckets.ABSENT;
		}
		try {
			return normalizer(usage, context).normalize(usage, context);
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return common(usage, context);
		}
	}

	private NormalizedUsage common(Usage usage, UsageContext context) {
		try {
			return this.common.normalize(usage, context);
		}
		catch (Exception ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return Buckets.ABSENT;
		}
	}

	private UsageNormalizer normalizer(Usage usage, UsageContext context) {
		UsageNormalizer custom = custom(usage, context);
		return (custom != null) ? custom : Objects.requireNonNull(this.known.get(Shape.of(usage, context)));
	}

	private @Nullable UsageNormalizer custom(Usage usage, UsageContext context) {
		for (int i = 0; i < this.custom.size(); i++) {
			if (this.custom.get(i).supports(usage, context)) {
				return this.custom.get(i);
			}
		}
		return null;
	}

}
