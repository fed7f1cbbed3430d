package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

/**
 * Sorts counts into disjoint buckets. A body that contradicts itself is cut to the totals
 * and leaves a reason, so that nothing is ever negative or counted twice. Used by one
 * thread for one usage.
 */
final class Buckets {

	/** What a usage that was not reported becomes. */
	static final NormalizedUsage ABSENT = new NormalizedUsage(TokenUsage.NONE, UsageSource.NONE);

	/** More than any context, or any batch of texts, has. */
	private static final long MOST_OF_A_CALL = 100_000_000L;

	private static final long MOST_SEARCHES_OF_A_CALL = 10_000;

	private static final long MOST = 1_000_000_000_000L;

	private final TokenUsage.UsageBuilder usage = TokenUsage.builder();

	private final Set<PriceReason> reasons = EnumSet.noneOf(PriceReason.class);

	private boolean seen;

	private boolean any;

	private boolean estimated;

	private boolean regional;

	private @Nullable ServiceTier tier;

	private @Nullable BigDecimal cost;

	/** Returns the first of the given counts that is there, or zero. */
	long count(UsageFields fields, Field... names) {
		for (Field name : names) {
			long number = fields.number(name);
			if (number != UsageFields.ABSENT) {
				return seen(number);
			}
		}
		return 0;
	}

	/** Returns the given count, or zero. */
	long count(UsageFields fields, Field name) {
		long number = fields.number(name);
		return (number != UsageFields.ABSENT) ? seen(number) : 0;
	}

	private long seen(long number) {
		this.seen = true;
		return sane(number);
	}

	/** Returns the first of the given counts that is there, else what the client says. */
	long countOr(@Nullable Number otherwise, UsageFields fields, Field... names) {
		for (Field name : names) {
			long number = fields.number(name);
			if (number != UsageFields.ABSENT) {
				return seen(number);
			}
		}
		long kept = (otherwise != null) ? sane(otherwise.longValue()) : 0;
		this.seen |= kept > 0;
		return kept;
	}

	/** Whether anything was sorted in. */
	boolean isAny() {
		return this.any;
	}

	private long sane(long number) {
		if (number < 0 || number > MOST_OF_A_CALL) {
			assume(PriceReason.COUNTS_CONTRADICT);
		}
		return Math.max(0, Math.min(number, MOST));
	}

	/** Sorts a prompt. The total includes what was read from and written to a cache. */
	void prompt(long total, Modalities all, CacheCounts cache) {
		long read = atMost(cache.read(), total);
		long write1h = atMost(cache.write1h(), total - read);
		long write5m = atMost(cache.write5m(), total - read - write1h);
		add(BilledUnit.CACHE_WRITE_1H, write1h);
		add(BilledUnit.CACHE_WRITE_5M, write5m);
		Split text = new Split(total - read - write1h - write5m, read);
		if (!all.isTextOnly() && read > 0 && !cache.readBy().known()) {
			assume(PriceReason.CACHE_UNTOLD);
		}
		text = modality(text, all.audio(), cache.readBy().audio(), BilledUnit.INPUT_AUDIO);
		text = modality(text, all.image(), cache.readBy().image(), BilledUnit.INPUT_IMAGE);
		text = modality(text, all.video(), cache.readBy().video(), BilledUnit.INPUT_VIDEO);
		add(BilledUnit.INPUT, text.input());
		add(BilledUnit.CACHE_READ, text.read());
	}

	private Split modality(Split left, long all, long cached, BilledUnit unit) {
		long read = atMost(cached, left.read());
		long uncached = Math.max(0, all - read);
		long input = Math.min(uncached, left.input());
		read += atMost(uncached - input, left.read() - read);
		add(unit, input);
		add(cachedUnit(unit), read);
		return new Split(left.input() - input, left.read() - read);
	}

	private static BilledUnit cachedUnit(BilledUnit unit) {
		return switch (unit) {
			case INPUT_AUDIO -> BilledUnit.CACHE_READ_AUDIO;
			case INPUT_IMAGE -> BilledUnit.CACHE_READ_IMAGE;
			default -> BilledUnit.CACHE_READ_VIDEO;
		};
	}

	/** Sorts an output whose total includes reasoning and everything that is not text. */
	void output(long total, long reasoning, Modalities all) {
		long audio = atMost(all.audio(), total);
		long image = atMost(all.image(), total - audio);
		long hidden = atMost(reasoning, total - audio - image);
		add(BilledUnit.OUTPUT_AUDIO, audio);
		add(BilledUnit.OUTPUT_IMAGE, image);
		add(BilledUnit.OUTPUT_REASONING, hidden);
		add(BilledUnit.OUTPUT, total - audio - image - hidden);
	}

	void add(BilledUnit unit, long count) {
		if (unit == BilledUnit.WEB_SEARCH && count > MOST_SEARCHES_OF_A_CALL) {
			assume(PriceReason.COUNTS_CONTRADICT);
		}
		if (count > 0) {
			this.usage.add(unit, count);
			this.any = true;
		}
	}

	private long atMost(long count, long limit) {
		if (count > limit) {
			assume(PriceReason.COUNTS_CONTRADICT);
		}
		return Math.min(count, limit);
	}

	/** Notes that something had to be assumed, so that the usage is partly estimated. */
	void assume(PriceReason reason) {
		this.estimated = true;
		this.reasons.add(reason);
	}

	/** Notes why counts that are as reported do not tell the whole price. */
	void note(PriceReason reason) {
		this.reasons.add(reason);
	}

	void regional(boolean regional) {
		this.regional = regional;
	}

	void tier(@Nullable ServiceTier tier) {
		this.tier = tier;
	}

	void cost(@Nullable BigDecimal cost) {
		this.cost = (cost != null && cost.signum() >= 0) ? cost : null;
	}

	/** Returns the usage; without any count it is {@link #ABSENT}. */
	NormalizedUsage build() {
		if (!this.seen) {
			return ABSENT;
		}
		return new NormalizedUsage(this.usage.build(),
				this.estimated ? UsageSource.PARTLY_ESTIMATED : UsageSource.REPORTED, this.tier, this.regional,
				this.reasons, this.cost);
	}

	/** What is left as text of the full rate and of the cached rate. */
	private record Split(long input, long read) {

	}

}
