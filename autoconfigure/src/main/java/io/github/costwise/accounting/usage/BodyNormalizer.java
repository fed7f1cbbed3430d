package io.github.costwise.accounting.usage;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.spi.UsageNormalizer;

/** Normalises the native usage of one shape, whatever it is made of. Stateless. */
abstract class BodyNormalizer implements UsageNormalizer {

	private final Shape shape;

	BodyNormalizer(Shape shape) {
		this.shape = shape;
	}

	@Override
	public final boolean supports(Usage usage, UsageContext context) {
		return Shape.of(usage, context) == this.shape;
	}

	@Override
	public final NormalizedUsage normalize(Usage usage, UsageContext context) {
		UsageFields fields = NativeViews.view(usage.getNativeUsage());
		if (fields == null) {
			return Buckets.ABSENT;
		}
		Body body = new Body(fields, usage, context);
		Buckets buckets = new Buckets();
		collect(body, buckets);
		return isAbsent(body) ? Buckets.ABSENT : buckets.build();
	}

	/** Sorts the counts of a body. */
	abstract void collect(Body body, Buckets buckets);

	/** Returns whether the client made the body up because the provider sent none. */
	boolean isAbsent(Body body) {
		return false;
	}

	/** A usage body and what is known around it. */
	record Body(UsageFields fields, Usage usage, UsageContext context) {

	}

}
