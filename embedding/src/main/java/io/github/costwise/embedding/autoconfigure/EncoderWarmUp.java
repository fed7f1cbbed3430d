package io.github.costwise.embedding.autoconfigure;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import io.github.costwise.embedding.OnnxTextEncoder;

/**
 * Has the model loaded once the application is ready.
 *
 * @param encoder the encoder
 * @param enabled whether to do so
 */
record EncoderWarmUp(OnnxTextEncoder encoder, boolean enabled) implements ApplicationListener<ApplicationReadyEvent> {

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (this.enabled) {
			this.encoder.start();
		}
	}

}
