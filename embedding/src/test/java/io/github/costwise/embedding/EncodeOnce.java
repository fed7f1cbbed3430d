package io.github.costwise.embedding;

import java.nio.file.Path;

import org.springframework.core.io.ClassPathResource;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;

/** Encodes one text with natives in the folder that the argument names. */
final class EncodeOnce {

	private EncodeOnce() {
	}

	public static void main(String[] args) {
		OnnxSettings settings = new OnnxSettings(new ClassPathResource(OnnxSettings.MODEL),
				new ClassPathResource(OnnxSettings.TOKENIZER), 256, Pooling.MEAN, 1, 1, Path.of(args[0]), false);
		try (OnnxTextEncoder encoder = new OnnxTextEncoder(settings, new Background(new Faults()))) {
			System.out.println(encoder.encode("a").length + " elements");
		}
	}

}
