package io.github.costwise.autoconfigure;

import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEviction;

/**
 * Removes what an application names by publishing a {@link CacheEviction} as an event.
 */
final class CacheEvictionListener implements ApplicationListener<PayloadApplicationEvent<CacheEviction>> {

	private final Supplier<Optional<ResponseCache>> cache;

	private final ObjectProvider<Faults> faults;

	CacheEvictionListener(Supplier<Optional<ResponseCache>> cache, ObjectProvider<Faults> faults) {
		this.cache = cache;
		this.faults = faults;
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<CacheEviction> event) {
		this.cache.get()
			.ifPresent((present) -> this.faults.getObject()
				.guard(Faults.Kind.CACHE, () -> present.evict(event.getPayload())));
	}

}
